import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { buildDiskFaults, findCompiler } from '../../support/disk-faults/disk-faults.ts';

const PROCESS = path.resolve(import.meta.dirname, '../../support/open-on-bad-disk.ts');

test.skipIf(findCompiler() !== null)(
  'a read that fails while the records are opened moves nothing aside and loses nothing',
  { timeout: 300_000 },
  async () => {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-reads-'));
    try {
      const under = path.join(dir, 'records');
      mkdirSync(under);
      const env = { ...process.env, ...buildDiskFaults(dir, under), TMPDIR: under };
      const child = fork(PROCESS, ['9'], {
        env,
        execArgv: ['--no-warnings'],
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      });
      let stderr = '';
      child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      const said = await new Promise<{ wrong: string[]; outcomes: Record<string, number> } | null>((resolve) => {
        child.once('message', (message) => resolve(message as never));
        child.once('exit', () => resolve(null));
      });
      expect(stderr).toBe('');
      expect(said?.wrong).toEqual([]);
      expect(Object.keys(said?.outcomes ?? {})).toContain('opened');
      expect(Object.values(said?.outcomes ?? {}).reduce((a, b) => a + b, 0)).toBeGreaterThan(40);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
);
