import type { FetchPackageAnswer } from '../../contract/api-lobby.ts';
import { causeOfStatus } from '../../shared/causes.ts';
import { readBytes, TooLargeError } from '../network/body.ts';
import { createEgress } from '../network/egress.ts';
import { PACKAGE_LIMIT_BYTES } from './read-package.ts';

/** The whole of a package over a slow line, ms. */
const WITHIN_MS = 45_000;

export type Fetched =
  | { ok: true; bytes: Uint8Array; name: string }
  | Exclude<FetchPackageAnswer, { ok: true } | { error: 'busy' }>;

/**
 * Fetches a session package from an address: HTTPS only, also after a redirect. `proxy` and `certificateAuthority`: as the
 * province's last package named them. Who signed it is judged afterwards.
 */
export async function fetchPackage(
  address: string,
  options: { proxy?: string | undefined; certificateAuthority?: string | undefined },
): Promise<Fetched> {
  const url = URL.canParse(address.trim()) ? new URL(address.trim()) : null;
  if (url?.protocol !== 'https:') return { ok: false, error: 'not_https' };
  const { proxy, certificateAuthority } = options;
  const egress = createEgress({
    ...(proxy === undefined ? {} : { proxy }),
    ...(certificateAuthority === undefined ? {} : { certificateAuthority }),
  });
  const limit = AbortSignal.timeout(WITHIN_MS);
  try {
    const answer = await egress.fetch(url.href, { signal: limit });
    if (!answer.ok) return { ok: false, error: 'not_reached', cause: answer.cause };
    if (new URL(answer.url).protocol !== 'https:') {
      await answer.response.body?.cancel();
      return { ok: false, error: 'not_https' };
    }
    if (!answer.response.ok) {
      await answer.response.body?.cancel();
      return { ok: false, error: 'not_reached', cause: causeOfStatus(answer.response.status) ?? 'bad_answer' };
    }
    const bytes = await readBytes(answer.response, PACKAGE_LIMIT_BYTES);
    if (isWebPage(bytes)) return { ok: false, error: 'web_page' };
    return { ok: true, bytes, name: nameOf(url) };
  } catch (cause) {
    if (cause instanceof TooLargeError) return { ok: false, error: 'not_a_package' };
    return { ok: false, error: 'not_reached', cause: limit.aborted ? 'slow_line' : 'reset' };
  } finally {
    await egress.stop();
  }
}

/** Whatever its server calls it: no package begins so. */
function isWebPage(bytes: Uint8Array): boolean {
  return /^\uFEFF?\s*</u.test(Buffer.from(bytes.subarray(0, 256)).toString('utf8'));
}

/** What the file is called in its address; the host where the address names none. */
function nameOf(url: URL): string {
  const name = url.pathname.split('/').at(-1) ?? '';
  if (name === '') return url.host;
  try {
    return decodeURIComponent(name);
  } catch {
    // A percent sign that is one.
    return name;
  }
}
