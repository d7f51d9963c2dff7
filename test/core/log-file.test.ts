import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createLogFile } from '../../electron/core/log-file.ts';

test('lines that cannot be written are dropped without a word, and counted when writing works again', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-log-'));
  try {
    const folder = path.join(dir, 'session');
    writeFileSync(folder, 'in the way');
    const file = path.join(folder, 'kiosk.log');
    const log = createLogFile(file);
    log.write('{"n":1}\n');
    log.write('{"n":2}\n');
    rmSync(folder);
    log.write('{"n":3}\n');
    log.write('{"n":4}\n');
    const lines = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toEqual([{ time: expect.any(Number), event: 'log_lines_lost', lines: 2 }, { n: 3 }, { n: 4 }]);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
