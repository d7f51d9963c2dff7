import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { clearOutFolder, OUT_FILES, outFile } from './out-folder.ts';

test('a rehearsal clears its own pictures from the folder it was given, and nothing else', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'kiosk-out-'));
  try {
    mkdirSync(path.join(folder, 'electron'));
    writeFileSync(path.join(folder, 'electron', 'console.png'), 'kept');
    writeFileSync(path.join(folder, 'package.json'), '{}');
    for (const name of OUT_FILES) writeFileSync(outFile(folder, name), 'old');
    clearOutFolder(folder);
    expect(readdirSync(folder).toSorted()).toEqual(['electron', 'package.json']);
    expect(existsSync(path.join(folder, 'electron', 'console.png'))).toBe(true);
    clearOutFolder(path.join(folder, 'new', 'folder'));
    expect(readdirSync(path.join(folder, 'new', 'folder'))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
