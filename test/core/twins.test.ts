import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { PublicJwk } from '../../electron/contract/common.ts';
import { runCore, type CoreRun } from '../support/core-process.ts';
import { makePackage } from '../support/make-package.ts';

/**
 * Two starts of the whole core on a new PC at once, autostart and a double click, on a disk whose first syncs take long: the
 * time in which the one that was refused once replaced the keys of the one that ran.
 */
const TRIES = Number(process.env['TWINS'] ?? 8);
const SLOW_MS = [100, 300, 1_000];
const hasTracer = process.platform === 'linux' && existsSync('/usr/bin/strace');

const provinceKeys = {
  keys: {
    receiptPublicJwk: generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }) as PublicJwk,
    reportPublicJwk: generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' }) as PublicJwk,
  },
};

const runs: CoreRun[] = [];
let dir = '';
afterEach(async () => {
  for (const run of runs.splice(0)) await run.kill();
  rmSync(dir, { recursive: true, force: true });
});

/** Starts a core whose first three syncs take so long; 0 is the disk as it is. */
async function start(argv: string[], slowMs: number): Promise<CoreRun> {
  const delay = `fsync,fdatasync:delay_enter=${slowMs * 1000}:when=1..3`;
  const under = ['strace', '-f', '-qq', '-o', '/dev/null', '-e', 'trace=fsync,fdatasync', '-e', `inject=${delay}`];
  const run = await runCore({ argv, ...(slowMs > 0 ? { under } : {}) });
  runs.push(run);
  return run;
}

test.each(Array.from({ length: TRIES }, (_, i) => i))(
  'two starts at once on an empty folder: one runs, one says so, and what was signed in can be read afterwards (%i)',
  { timeout: 180_000 },
  async (number) => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-twins-'));
    const file = path.join(dir, 'package.json');
    const document = makePackage(provinceKeys, 'http://127.0.0.1:1', { people: 12, now: Date.now() });
    writeFileSync(file, JSON.stringify(document));
    const argv = ['--data', path.join(dir, 'data'), '--package', file];
    const slowMs = hasTracer ? SLOW_MS[number % SLOW_MS.length]! : 0;
    // The second one a little later, by another part of the first one's sync each time.
    const second = new Promise((resolve) => setTimeout(resolve, number * 40)).then(() => start(argv, slowMs));
    const both = await Promise.all([start(argv, slowMs), second]);
    const winner = both.find((run) => run.first.type === 'ready')!;
    const ends = both.map((run) => (run.first.type === 'refused' ? run.first.exitStatus : run.first.type));
    expect(new Set(ends)).toEqual(new Set([75, 'ready']));
    for (const person of document.roster!.slice(0, 3))
      expect(await winner.signIn(person.id)).toMatchObject({ status: 200, answer: { ok: true } });
    expect(await winner.stop()).toBe(0);
    const later = await start(argv, 0);
    expect(later.first.type).toBe('ready');
    expect(await later.deskView()).toMatchObject({ signedIn: 3 });
  },
);
