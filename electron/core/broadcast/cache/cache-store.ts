import { appendFile, mkdir, readdir, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import {
  readIndex,
  TRACKS,
  writeHead,
  writeLine,
  type Entry,
  type IndexContent,
  type MapEntry,
  type Track,
} from './cache-index.ts';
import type { CachePolicy } from './cache-policy.ts';

const INDEX = 'index.jsonl';
/** The index is written again when so many of its lines speak of segments that are gone. */
const MOST_DEAD_LINES = 500;

/** Why something could not be kept: the bound of the cache, the disk's free space, or an error of the system. */
export type StoreRefusal = 'limit' | 'disk_full' | 'disk_error';
export type StoreOutcome = { ok: true } | { ok: false; reason: StoreRefusal };

/** What is known of a segment before it is on disk. */
export type NewEntry = Omit<Entry, 'n' | 'startS' | 'breaks' | 'bytes' | 'checksum'> & { discontinuity: boolean };

/**
 * Segments on disk and their index. A file is written under another name and renamed, and only then a line says that it is
 * there; each is checked against its sum when it is read. So after a kill or a power cut what is not whole is not there. Calls that
 * change something must not overlap.
 */
export class CacheStore {
  readonly #folder: string;
  readonly #of: string;
  readonly #limits: Pick<CachePolicy, 'limitBytes' | 'freeBytes'>;
  readonly #tracks: Record<Track, Entry[]> = { main: [], sound: [] };
  readonly #maps = new Map<string, MapEntry>();
  #bytes = 0;
  #deadLines = 0;

  private constructor(folder: string, of: string, limits: Pick<CachePolicy, 'limitBytes' | 'freeBytes'>) {
    this.#folder = folder;
    this.#of = of;
    this.#limits = limits;
  }

  /**
   * Opens what `folder` holds of `of` (a sitting), or begins with nothing there. Rejects with the system's error where the
   * folder cannot be made.
   */
  static async open(
    folder: string,
    of: string,
    limits: Pick<CachePolicy, 'limitBytes' | 'freeBytes'>,
  ): Promise<CacheStore> {
    const store = new CacheStore(folder, of, limits);
    const text = await readFile(path.join(folder, INDEX), 'utf8').catch(() => '');
    const content = readIndex(text, of);
    if (!content) await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (content) await store.#takeOver(content);
    await store.#writeIndex();
    await store.#removeStrangers();
    return store;
  }

  /** Removes everything in `root` but the folder called `keep`. Never rejects. */
  static async purge(root: string, keep: string | null): Promise<void> {
    const names = await readdir(root).catch(() => []);
    for (const name of names)
      if (name !== keep) await rm(path.join(root, name), { recursive: true, force: true }).catch(() => undefined);
  }

  /** Oldest first, without a hole in the numbers. */
  list(track: Track): readonly Entry[] {
    return this.#tracks[track];
  }

  last(track: Track): Entry | null {
    return this.#tracks[track].at(-1) ?? null;
  }

  /** Media seconds up to the end of the last segment. */
  endS(track: Track): number {
    const last = this.last(track);
    return last ? last.startS + last.durationS : 0;
  }

  get bytes(): number {
    return this.#bytes;
  }

  hasMap(name: string): boolean {
    return this.#maps.has(name);
  }

  /** Keeps a segment behind the last one of its track; `body` null for one that could not be had. */
  async add(entry: NewEntry, body: Uint8Array | null): Promise<StoreOutcome> {
    const { discontinuity, ...facts } = entry;
    const last = this.last(entry.track);
    const whole: Entry = {
      ...facts,
      n: last ? last.n + 1 : 0,
      startS: this.endS(entry.track),
      breaks: (last?.breaks ?? 0) + (discontinuity && last ? 1 : 0),
      bytes: body?.byteLength ?? 0,
      checksum: body ? crc32(body) : 0,
    };
    const outcome = await this.#keep(body && { name: segmentName(whole), body }, whole);
    if (outcome.ok) this.#tracks[entry.track].push(whole);
    return outcome;
  }

  /** Keeps an initialisation segment. */
  async addMap(name: string, body: Uint8Array): Promise<StoreOutcome> {
    const entry: MapEntry = { map: name, bytes: body.byteLength, checksum: crc32(body) };
    const outcome = await this.#keep({ name: mapName(name), body }, entry);
    if (outcome.ok) this.#maps.set(name, entry);
    return outcome;
  }

  /** The bytes of a segment; null when it is not there, or not as it was written. */
  async read(track: Track, n: number): Promise<{ entry: Entry; body: Buffer } | null> {
    const entries = this.#tracks[track];
    const entry = entries[n - (entries[0]?.n ?? 0)];
    if (!entry || entry.bytes === 0) return null;
    const body = await this.#readFile(segmentName(entry), entry.checksum);
    return body && { entry, body };
  }

  readMap(name: string): Promise<Buffer | null> {
    const map = this.#maps.get(name);
    return map ? this.#readFile(mapName(name), map.checksum) : Promise.resolve(null);
  }

  /** Drops segments that end before `beforeS`, media seconds of the main track; sound is dropped with the picture it belongs to. */
  async trim(beforeS: number): Promise<void> {
    const main = this.#tracks.main;
    const kept = main.findIndex((entry) => entry.startS + entry.durationS > beforeS);
    await this.#drop('main', kept < 0 ? Math.max(0, main.length - 1) : kept);
    const oldestMs = main[0]?.programmeMs ?? null;
    const { sound } = this.#tracks;
    if (oldestMs === null || sound.length === 0) return;
    const keptSound = sound.findIndex((e) => e.programmeMs === null || e.programmeMs + e.durationS * 1000 > oldestMs);
    await this.#drop('sound', keptSound < 0 ? sound.length - 1 : keptSound);
  }

  /** Drops `from`, a segment of the main track, and all behind it, with the sound of that time: their numbers are given again. */
  async cut(from: Entry): Promise<void> {
    const { main, sound } = this.#tracks;
    const fromMs = from.programmeMs;
    const soundAt = sound.findIndex((e) => fromMs === null || (e.programmeMs ?? 0) + e.durationS * 500 > fromMs);
    const dropped = [...main.splice(Math.max(0, main.indexOf(from))), ...(soundAt < 0 ? [] : sound.splice(soundAt))];
    // The index first: a number that it names must not become another segment's.
    await this.#writeIndex();
    for (const entry of dropped) await this.#remove(entry);
  }

  async #drop(track: Track, count: number): Promise<void> {
    for (const entry of this.#tracks[track].splice(0, count)) {
      await this.#remove(entry);
      this.#deadLines += 1;
    }
    if (this.#deadLines > MOST_DEAD_LINES) await this.#writeIndex();
  }

  async #remove(entry: Entry): Promise<void> {
    if (entry.bytes > 0) await rm(path.join(this.#folder, segmentName(entry)), { force: true });
    this.#bytes -= entry.bytes;
  }

  async #keep(file: { name: string; body: Uint8Array } | null, entry: Entry | MapEntry): Promise<StoreOutcome> {
    const size = file?.body.byteLength ?? 0;
    if (this.#bytes + size > this.#limits.limitBytes) return { ok: false, reason: 'limit' };
    try {
      const disk = await statfs(this.#folder);
      if (disk.bavail * disk.bsize - size < this.#limits.freeBytes) return { ok: false, reason: 'disk_full' };
      if (file) await this.#writeFile(file.name, file.body);
      await appendFile(path.join(this.#folder, INDEX), writeLine(entry));
    } catch (cause) {
      return { ok: false, reason: (cause as NodeJS.ErrnoException).code === 'ENOSPC' ? 'disk_full' : 'disk_error' };
    }
    this.#bytes += size;
    return { ok: true };
  }

  async #writeFile(name: string, body: Uint8Array | string): Promise<void> {
    const file = path.join(this.#folder, name);
    await writeFile(`${file}.tmp`, body, { mode: 0o600 });
    await rename(`${file}.tmp`, file);
  }

  async #readFile(name: string, checksum: number): Promise<Buffer | null> {
    const body = await readFile(path.join(this.#folder, name)).catch(() => null);
    return body && crc32(body) === checksum ? body : null;
  }

  /** Takes over what an earlier process left, as far as its files are whole. */
  async #takeOver({ entries, maps }: IndexContent): Promise<void> {
    for (const map of maps)
      if (await this.#readFile(mapName(map.map), map.checksum)) {
        this.#maps.set(map.map, map);
        this.#bytes += map.bytes;
      }
    for (const track of TRACKS) {
      const checked: { entry: Entry; there: boolean }[] = [];
      for (const entry of entries.filter((e) => e.track === track))
        checked.push({ entry, there: await this.#isThere(entry) });
      // What was dropped before is gone; what broke at the end is fetched again; a hole in the middle is a gap.
      const first = checked.findIndex(({ there }) => there);
      const last = checked.findLastIndex(({ there }) => there);
      for (const { entry, there } of first < 0 ? [] : checked.slice(first, last + 1)) {
        const n = this.last(track)?.n;
        if (n !== undefined && entry.n !== n + 1) break;
        this.#tracks[track].push(there ? entry : { ...entry, bytes: 0, checksum: 0 });
        this.#bytes += there ? entry.bytes : 0;
      }
    }
  }

  async #isThere(entry: Entry): Promise<boolean> {
    if (entry.map !== null && !this.#maps.has(entry.map)) return false;
    if (entry.bytes === 0) return true;
    const found = await stat(path.join(this.#folder, segmentName(entry))).catch(() => null);
    return found?.size === entry.bytes;
  }

  async #writeIndex(): Promise<void> {
    const lines = [...this.#maps.values(), ...TRACKS.flatMap((track) => this.#tracks[track])].map(writeLine);
    await this.#writeFile(INDEX, writeHead(this.#of) + lines.join(''));
    this.#deadLines = 0;
  }

  /** Files that no line names were not finished, or not removed. */
  async #removeStrangers(): Promise<void> {
    const known = new Set([INDEX, ...[...this.#maps.keys()].map(mapName)]);
    for (const track of TRACKS) for (const entry of this.#tracks[track]) known.add(segmentName(entry));
    for (const name of await readdir(this.#folder))
      if (!known.has(name) && name !== PLACE) await rm(path.join(this.#folder, name), { recursive: true, force: true });
  }

  /** Notes something small beside the index, such as where the hall is. Never rejects: without it little is lost. */
  async note(value: object): Promise<void> {
    await this.#writeFile(PLACE, JSON.stringify(value)).catch(() => undefined);
  }

  async readNote(): Promise<unknown> {
    try {
      return JSON.parse(await readFile(path.join(this.#folder, PLACE), 'utf8'));
    } catch {
      return null;
    }
  }
}

const PLACE = 'place.json';

function segmentName({ track, n }: Entry): string {
  return `${track}-${n}.seg`;
}

function mapName(name: string): string {
  return `map-${name}.init`;
}
