import crypto from 'node:crypto';
import { getSegment } from './media.ts';
import { ivOf } from './playlists.ts';

export const KEY = Buffer.from('00112233445566778899aabbccddeeff', 'hex');

/** Where a segment lies in its file of ten. */
export function rangeOf(variant: string, content: number): { start: number; length: number } {
  const first = content - (content % 10);
  let start = 0;
  for (let c = first; c < content; c++) start += getSegment(variant, c).length;
  return { start, length: getSegment(variant, content).length };
}

/** Ten segments in one file, as packagers with byte ranges keep them. */
export function tenSegments(variant: string, content: number, zeroOf: (content: number) => number = () => 0): Buffer {
  const first = content - (content % 10);
  return Buffer.concat(Array.from({ length: 10 }, (_, i) => getSegment(variant, first + i, zeroOf(first + i))));
}

/** AES-128 of the whole segment, with the vector that the playlist announces. */
export function encrypt(body: Buffer, sn: number): Buffer {
  const cipher = crypto.createCipheriv('aes-128-cbc', KEY, ivOf(sn));
  return Buffer.concat([cipher.update(body), cipher.final()]);
}
