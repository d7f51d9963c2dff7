import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PublicJwk } from '../../electron/contract/common.ts';
import { runCore, type CoreRun } from '../support/core-process.ts';
import { withFault } from '../support/faulty-core.ts';
import { makePackage } from '../support/make-package.ts';
import { findTracer } from '../support/tracer.ts';
import type { CaseResult, Gate } from './gate.ts';

const SLOW_MS = [100, 300, 1_000];
/** The second start comes so much later, by another part of the first one's syncs in each case. */
const LATER_MS = 40;
const LATEST_MS = 1_200;

const publicKey = (type: 'ed25519' | 'x25519'): PublicJwk =>
  (type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519')).publicKey.export({
    format: 'jwk',
  }) as PublicJwk;

/**
 * Two starts of the whole core on a new PC at once, autostart and a double click, on a disk whose first syncs take long: the time in
 * which the one that is refused could replace the keys of the one that runs. The control makes the keys before it takes the lock.
 */
export const twins: Gate = {
  name: 'twins',
  what: 'of two starts at once on an empty folder one runs, one says so, and what was signed in can be read afterwards',
  cases: null,
  short: 2,
  missing: () => findTracer(),
  open: async ({ control, dir }) => ({
    tryCase: (number) => tryTwins(path.join(dir, String(number)), number, control),
    close: () => Promise.resolve(),
  }),
};

async function tryTwins(dir: string, number: number, control: boolean): Promise<CaseResult> {
  const runs: CoreRun[] = [];
  /** A core whose first three syncs take so long; 0 is the disk as it is. */
  const start = async (argv: string[], slowMs: number): Promise<CoreRun> => {
    const delay = `fsync,fdatasync:delay_enter=${slowMs * 1_000}:when=1..3`;
    const under = ['strace', '-f', '-qq', '-o', '/dev/null', '-e', 'trace=fsync,fdatasync', '-e', `inject=${delay}`];
    const env = withFault(control ? 'keys before the lock' : null);
    const run = await runCore({ argv, env, ...(slowMs > 0 ? { under } : {}) });
    runs.push(run);
    return run;
  };
  try {
    mkdirSync(dir);
    const file = path.join(dir, 'package.json');
    const keys = { receiptPublicJwk: publicKey('ed25519'), reportPublicJwk: publicKey('x25519') };
    const document = makePackage({ keys }, 'http://127.0.0.1:1', { people: 12, now: Date.now() });
    writeFileSync(file, JSON.stringify(document));
    const argv = ['--data', path.join(dir, 'data'), '--package', file];
    const slowMs = SLOW_MS[number % SLOW_MS.length]!;
    const wrong = (why: string): CaseResult => ({ outcome: 'wrong', wrong: `syncs of ${slowMs} ms: ${why}` });
    const later = new Promise((resolve) => setTimeout(resolve, (number * LATER_MS) % LATEST_MS));
    const both = await Promise.all([start(argv, slowMs), later.then(() => start(argv, slowMs))]);
    const ends = both.map(({ first }) => (first.type === 'refused' ? first.exitStatus : first.type));
    const winner = both.find(({ first }) => first.type === 'ready');
    if (!winner || !ends.includes(75)) return wrong(`they end with ${ends.join(' and ')}`);
    for (const person of document.roster!.slice(0, 3)) {
      const { status, answer } = await winner.signIn(person.id);
      if (status !== 200) return wrong(`a sign-in is answered ${status} ${JSON.stringify(answer)}`);
    }
    const status = await winner.stop();
    if (status !== 0) return wrong(`the one that ran ends with status ${status}`);
    const next = await start(argv, 0);
    if (next.first.type !== 'ready') return wrong(`the next start: ${JSON.stringify(next.first)}`);
    const { signedIn } = await next.deskView();
    if (signedIn !== 3) return wrong(`${signedIn} of 3 are signed in afterwards`);
    return { outcome: ends[0] === 'ready' ? 'the first runs' : 'the second runs', wrong: null };
  } finally {
    for (const run of runs) await run.kill();
    rmSync(dir, { recursive: true, force: true });
  }
}
