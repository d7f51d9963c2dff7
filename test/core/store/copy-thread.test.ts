import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { CopyThread } from '../../../electron/core/store/copy-thread.ts';

test('after a thread that ended by an error another one copies what was written since', async () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'copy-thread-'));
  const journal = path.join(dir, 'kiosk.journal');
  const disk = path.join(dir, 'disk');
  mkdirSync(disk);
  writeFileSync(journal, 'first');
  let length = 5;
  const copied: number[] = [];
  const thread = new CopyThread(
    () => ({ journal, name: 'hall', length, generation: 1 }),
    (answer) => copied.push(answer.length),
    50,
  );
  try {
    // No folder at all is something the thread was never meant to be given: it ends by it.
    thread.setFolders([null as unknown as string]);
    thread.setFolders([disk]);
    await vi.waitFor(() => expect(copied).toEqual([5]), { timeout: 10_000 });
    writeFileSync(journal, 'first and second');
    length = 16;
    thread.copy();
    await vi.waitFor(() => expect(copied).toEqual([5, 16]), { timeout: 10_000 });
    expect(existsSync(path.join(disk, 'diem-cau-ban-sao', 'hall.journal'))).toBe(true);
  } finally {
    thread.stop();
    rmSync(dir, { recursive: true, force: true });
  }
});
