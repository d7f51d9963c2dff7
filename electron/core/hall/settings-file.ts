import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeDurablySync } from '../store/durable-file.ts';
import { WAITS_WHILE_SERVING_MS } from '../store/rename-held.ts';

/** Over all the rest; absent in files of older programs. The rest may hold what only a newer program knows. */
const Checked = z.looseObject({ check: z.string().optional() });

/** A small file of settings, kept twice. */
export interface TwoFiles {
  file: string;
  copy: string;
}

/**
 * What stands in the file, or in its copy where the file is gone or not whole; the file is then made again. Null where there is neither,
 * `lost` where neither is whole. Never throws.
 */
export function readTwice<T extends z.ZodObject>({ file, copy }: TwoFiles, shape: T): z.infer<T> | 'lost' | null {
  const found = readOne(file, shape);
  if (found !== null) return found;
  const second = readOne(copy, shape);
  if (second === null) return existsSync(file) || existsSync(copy) ? 'lost' : null;
  try {
    writeOne(file, second);
  } catch {
    // The copy is as good.
  }
  return second;
}

/** Replaces both, the copy first. Throws with the system's error; the file is then as it was. */
export function writeTwice({ file, copy }: TwoFiles, value: object): void {
  writeOne(copy, value);
  writeOne(file, value);
}

function writeOne(file: string, value: object): void {
  const text = JSON.stringify({ ...value, check: checkOf(value) }, null, 2);
  writeDurablySync(file, Buffer.from(text), { waitsMs: WAITS_WHILE_SERVING_MS });
}

function readOne<T extends z.ZodObject>(file: string, shape: T): z.infer<T> | null {
  try {
    const raw: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const { check, ...rest } = Checked.parse(raw);
    return check === undefined || check === checkOf(rest) ? shape.parse(rest) : null;
  } catch {
    return null;
  }
}

/** Over the keys in the order in which they stand in the file. */
function checkOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
