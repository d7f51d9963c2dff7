import type { Store } from '../store/store.ts';
import { importPackage } from './import-package.ts';
import { withKnownProxyLogin } from './known-proxy-login.ts';
import { judgePackage, rememberTrust, type KnownKeys } from './package-trust.ts';
import type { ReadPackage } from './read-package.ts';

/**
 * Lets a package in by the rules of trust, puts it into the records and writes down how it came in. `allowed`: the code with
 * which a person lets this very file in. Says why not; throws with the system's error when the disk takes no more.
 */
export async function admitPackage(
  store: Store,
  input: { read: ReadPackage; known: KnownKeys; fileName: string; allowed: string | null },
): Promise<{ ok: true } | { ok: false; sentence: string; vi: string }> {
  const judged = await judgePackage(store, input);
  if (!judged.ok) return judged;
  const document = withKnownProxyLogin(store, input.read.document);
  const imported = await importPackage(store, { ...input.read, document });
  if (!imported.ok) return imported;
  rememberTrust(store, input.read, input.known, judged.trust);
  return { ok: true };
}
