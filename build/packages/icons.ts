import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './folder.ts';

/** The icon as PNG pictures: those in icon.ico, from the smallest, then the one of 512 px. */
export function readIcons(): { size: number; png: Buffer }[] {
  const ico = fs.readFileSync(path.join(ROOT, 'build/icons/icon.ico'));
  const icons = Array.from({ length: ico.readUInt16LE(4) }, (_, i) => {
    const entry = 6 + 16 * i;
    const at = ico.readUInt32LE(entry + 12);
    // A side of 256 is written as 0.
    return { size: ico.readUInt8(entry) || 256, png: ico.subarray(at, at + ico.readUInt32LE(entry + 8)) };
  });
  return [...icons, { size: 512, png: fs.readFileSync(path.join(ROOT, 'build/icons/icon.png')) }];
}
