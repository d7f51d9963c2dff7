import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';

/** Everything the command writes into its folder. */
export const OUT_FILES = [
  'stage-1.png',
  'stage-2.png',
  'stage-closing.png',
  'console-locked.png',
  'console.png',
  'console-delivered.png',
  'desk-idle.png',
  'desk-signed-in.png',
  'desk-already.png',
  'report.json',
] as const;
export type OutFile = (typeof OUT_FILES)[number];

/** Makes the folder and takes away what an earlier run left; a folder given by a person may hold anything else. */
export function clearOutFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of OUT_FILES) rmSync(path.join(folder, name), { force: true });
}

/** Path of one of the files; the type keeps the list above complete. */
export function outFile(folder: string, name: OutFile): string {
  return path.join(folder, name);
}
