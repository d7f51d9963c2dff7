import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { CopyAnswer, CopyJob } from '../../../electron/core/store/copy-thread.ts';

/** The thread's program, run here: another program, as an antivirus does on Windows, holds what was just written on a stick. */
const thread = vi.hoisted(() => ({ port: null as EventEmitter | null, answers: [] as unknown[], heldTimes: 0 }));
vi.mock('node:worker_threads', () => {
  const port = Object.assign(new EventEmitter(), { postMessage: (answer: unknown) => thread.answers.push(answer) });
  thread.port = port;
  return { parentPort: port };
});
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const renameSync: typeof fs.renameSync = (from, to) => {
    if (thread.heldTimes > 0) {
      thread.heldTimes -= 1;
      throw Object.assign(new Error('EPERM: rename'), { code: 'EPERM' });
    }
    fs.renameSync(from, to);
  };
  return { ...fs, renameSync };
});
await import('../../../electron/core/store/copy-worker.ts');

test('a copy on another disk waits for whoever holds it, and none is said to be gone', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'copy-held-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const [journal, stick] = [path.join(dir, 'kiosk.journal'), path.join(dir, 'stick')];
  mkdirSync(stick);
  writeFileSync(journal, 'mười hai');
  const length = readFileSync(journal).length;
  const job: CopyJob = { kind: 'copy', journal, name: 'kiosk', length, generation: 1, folders: [stick], round: 0 };
  thread.heldTimes = 2;
  thread.port!.emit('message', job);
  expect(thread.answers as CopyAnswer[]).toEqual([{ kind: 'copied', length, generation: 1, copied: [stick] }]);
  expect(readFileSync(path.join(stick, 'diem-cau-ban-sao', 'kiosk.journal'), 'utf8')).toBe('mười hai');
});
