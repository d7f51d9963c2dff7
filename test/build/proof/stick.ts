import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { NotHere } from './rows.ts';

const LABEL = 'KINGSTON';
/** Sticks are sold with the first; a kernel without it takes the second, one without loop devices the third. */
const KINDS = [
  { type: 'vfat', make: ['mkfs.vfat', '-n', LABEL], options: (uid: number) => `loop,uid=${uid}` },
  { type: 'ext4', make: ['mkfs.ext4', '-q', '-L', LABEL], options: () => 'loop' },
  { type: 'tmpfs', make: null, options: () => 'size=16m' },
] as const;
const SIZE = 16 * 1024 * 1024;

/** A stick: a file with a file system of its own, mounted where a desktop mounts sticks of this user. Needs root. */
export class Stick {
  readonly #image: string;
  readonly #point: string;
  readonly #uid: number;
  #kind: (typeof KINDS)[number] | null = null;
  #isPlugged = false;
  /** What is on it: a file system in memory is empty each time. */
  #files: Record<string, string> = {};

  /** `folder` takes the image. */
  constructor(folder: string, user: { name: string; uid: number }) {
    this.#image = path.join(folder, 'stick.img');
    this.#point = path.join('/media', user.name, LABEL);
    this.#uid = user.uid;
  }

  /** Makes the file system and writes the files; it is not plugged in afterwards. What kind it is. Throws NotHere. */
  write(files: Record<string, string>): string {
    this.#files = files;
    for (const kind of KINDS) {
      if (kind.make !== null && !this.#format(kind.make)) continue;
      this.#kind = kind;
      try {
        this.plug();
      } catch {
        continue;
      }
      this.pull();
      return kind.type;
    }
    throw new NotHere('this system mounts no image of a stick');
  }

  #format([program, ...args]: readonly [string, ...string[]]): boolean {
    fs.writeFileSync(this.#image, '');
    fs.truncateSync(this.#image, SIZE);
    return spawnSync(program, [...args, this.#image], { stdio: 'ignore' }).status === 0;
  }

  plug(): void {
    fs.mkdirSync(this.#point, { recursive: true });
    const { type, options } = this.#kind ?? KINDS[0];
    const source = type === 'tmpfs' ? 'tmpfs' : this.#image;
    execFileSync('mount', ['-t', type, '-o', options(this.#uid), source, this.#point], { stdio: 'ignore' });
    this.#isPlugged = true;
    for (const [name, content] of Object.entries(this.#files)) {
      const file = path.join(this.#point, name);
      if (!fs.existsSync(file)) fs.writeFileSync(file, content);
    }
    if (type !== 'vfat') execFileSync('chown', ['-R', String(this.#uid), this.#point]);
  }

  /** As a person who has not asked the desktop to eject it: what is open stays open there. */
  pull(): void {
    if (!this.#isPlugged) return;
    execFileSync('umount', ['--lazy', this.#point]);
    this.#isPlugged = false;
  }

  remove(): void {
    this.pull();
    fs.rmSync(path.dirname(this.#point), { recursive: true, force: true });
    fs.rmSync(this.#image, { force: true });
  }
}
