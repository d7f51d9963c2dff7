import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';

/** Which calls fail; as in disk-faults.c. */
export const CALLS = { reads: 1, writes: 2, syncs: 4, names: 8 } as const;
const EIO = 5;
const WORDS = 9;
/** Places of what the library counts. */
const FAILED = 5;
const SEEN = 8;
const PLAN = 'DISK_FAULTS_PLAN';
const UNDER = 'DISK_FAULTS_UNDER';

/** Null where the library of faults can be built; else why not, for whoever reads the tests. */
export function findCompiler(): string | null {
  if (process.platform !== 'linux')
    return 'skipped: errors of the disk are made with a preloaded library, on Linux only';
  return spawnSync('cc', ['--version']).status === 0 ? null : 'skipped: a C compiler (cc) is missing here';
}

/** Builds the library into `dir`; the environment in which a process has faults for files below `under`. */
export function buildDiskFaults(dir: string, under: string): NodeJS.ProcessEnv {
  const plan = path.join(dir, 'plan');
  writeFileSync(plan, Buffer.alloc(WORDS * 4));
  return { LD_PRELOAD: build(dir, 'disk-faults'), [PLAN]: plan, [UNDER]: under };
}

/** Builds the recorder into `dir`: the environment in which what a process does to files below `under` is recorded in `file`. */
export function buildRecorder(dir: string, under: string): { env: NodeJS.ProcessEnv; file: string } {
  const file = path.join(dir, 'record');
  return { env: { LD_PRELOAD: build(dir, 'disk-record'), DISK_RECORD: file, DISK_RECORD_UNDER: under }, file };
}

function build(dir: string, name: string): string {
  const library = path.join(dir, `${name}.so`);
  const source = path.join(import.meta.dirname, `${name}.c`);
  const built = spawnSync('cc', ['-O2', '-shared', '-fPIC', '-o', library, source, '-ldl', '-lpthread'], {
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(built.stderr);
  return library;
}

/** The faults of this very process. */
export class DiskFaults {
  readonly #handle: number;

  constructor() {
    const plan = process.env[PLAN];
    if (plan === undefined) throw new Error('this process has no faults');
    this.#handle = openSync(plan, 'r+');
  }

  /** From now on one of `oneIn` calls of these kinds fails; the same seed is the same faults. */
  begin({ oneIn, kinds, seed }: { oneIn: number; kinds: number; seed: number }): void {
    this.#write([1, oneIn, kinds, EIO, (seed * 2_654_435_761) >>> 0, 0, 0, 0, 0]);
  }

  /** From now on calls number `first` to `last` of these kinds fail, counted from 1. */
  beginAt({ first, last, kinds }: { first: number; last: number; kinds: number }): void {
    this.#write([1, 0, kinds, EIO, 0, 0, first, last, 0]);
  }

  /** How many calls of the kinds there were since the faults began. */
  get seen(): number {
    return this.#read()[SEEN]!;
  }

  /** No more faults; how many there were. */
  end(): number {
    const words = this.#read();
    this.#write(Array.from({ length: WORDS }, () => 0));
    return words[FAILED]!;
  }

  close(): void {
    closeSync(this.#handle);
  }

  #read(): Uint32Array {
    const words = new Uint32Array(WORDS);
    readSync(this.#handle, words, 0, WORDS * 4, 0);
    return words;
  }

  #write(words: number[]): void {
    writeSync(this.#handle, Uint32Array.from(words), 0, WORDS * 4, 0);
  }
}
