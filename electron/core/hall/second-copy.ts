import { rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { listPlaces, type PlaceRoots } from '../report/places.ts';
import { CopyThread, fetchCopies } from '../store/copy-thread.ts';
import { Signal } from '../../shared/signal.ts';
import type { Store } from '../store/store.ts';

const LOOK_EVERY_MS = 30_000;
/** Less is left to documents. */
const WANTED_FREE_BYTES = 256 * 1024 * 1024;
/** A start does not wait longer for a stick. */
const FETCH_MS = 4_000;

interface Disk {
  /** As the desktop shows it. */
  name: string;
  kind: 'stick' | 'other_disk';
}

const ON_STICKS = 'copies_on_sticks';

/**
 * Whether copies go on sticks. Not until somebody says so: a stick may be anybody's, and nobody expects that plugging one in leaves
 * something on it. Other disks of this PC get their copy unasked.
 */
export function mayCopyOnSticks(store: Pick<Store, 'settings'>): boolean {
  return store.settings.getSetting(ON_STICKS, z.boolean()) ?? false;
}

export function allowCopiesOnSticks(store: Pick<Store, 'settings'>, on: boolean): void {
  store.settings.setSetting(ON_STICKS, on);
}

/**
 * The copy of the journal on sticks and other disks, kept while the core runs. It is sealed: without the keys of this PC nobody can
 * read it. A disk that hangs, is full or is pulled out changes nothing here but what the report says of it.
 */
export class SecondCopy {
  /** Names of the disks that had a copy and whose copy does not follow any more; none when all do. */
  readonly stopped = new Signal<readonly string[]>();
  readonly #store: Store;
  readonly #roots: PlaceRoots;
  readonly #thread: CopyThread;
  readonly #stopListening: () => void;
  readonly #timer: NodeJS.Timeout;
  readonly #lookEveryMs: number;
  #isStopped = false;
  /** Disks that can be written to now, by folder. */
  #disks = new Map<string, Disk>();
  /** Disks that had a copy since the start, by folder; whether it follows. */
  readonly #follows = new Map<string, { name: string; kind: Disk['kind']; now: boolean }>();
  #said = '';

  /** `onError`: one look failed, the next one comes in its time. */
  constructor(
    store: Store,
    roots: PlaceRoots,
    lookEveryMs = LOOK_EVERY_MS,
    onError: (cause: unknown) => void = () => undefined,
  ) {
    this.#store = store;
    this.#roots = roots;
    this.#lookEveryMs = lookEveryMs;
    this.#thread = new CopyThread(
      () => store.trust.describeJournal(),
      ({ length, generation, copied }) => {
        const [folder] = copied;
        const where = folder === undefined ? null : (this.#disks.get(folder)?.kind ?? null);
        store.trust.noteOtherCopy(where && { where, length, generation, at: store.clock.now() });
        for (const [dir, disk] of this.#disks)
          if (copied.includes(dir)) this.#follows.set(dir, { ...disk, now: true });
          else this.#lose(dir);
        this.#say();
      },
    );
    this.#stopListening = store.trust.grown.on(() => this.#thread.copy());
    const look = (): void => void this.#look().catch(onError);
    this.#timer = setInterval(look, lookEveryMs);
    this.#timer.unref();
    look();
  }

  async #look(): Promise<void> {
    const disks = new Map<string, Disk>();
    const mayUseSticks = mayCopyOnSticks(this.#store);
    for (const { dir, view } of await listOtherDisks(this.#roots)) {
      if (view.kind === 'removable' && !mayUseSticks) continue;
      if (view.writable && (view.freeBytes ?? 0) > WANTED_FREE_BYTES)
        disks.set(dir, { name: view.label ?? dir, kind: view.kind === 'removable' ? 'stick' : 'other_disk' });
    }
    if (this.#isStopped) return;
    this.#disks = disks;
    const hangs = this.#thread.waitsMs > this.#lookEveryMs;
    if (disks.size === 0 || hangs) this.#store.trust.noteOtherCopy(null);
    for (const [dir, { kind }] of this.#follows)
      if (kind === 'stick' && !mayUseSticks) this.#follows.delete(dir);
      else if (hangs || !disks.has(dir)) this.#lose(dir);
    this.#say();
    this.#thread.setFolders([...disks.keys()]);
  }

  #lose(dir: string): void {
    const disk = this.#follows.get(dir);
    if (disk) disk.now = false;
  }

  #say(): void {
    const names = [...this.#follows.values()].filter(({ now }) => !now).map(({ name }) => name);
    if (names.join('\n') === this.#said) return;
    this.#said = names.join('\n');
    this.stopped.emit(names);
  }

  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#timer);
    this.#stopListening();
    this.#thread.stop();
  }
}

/** Copies of journals that other disks have, as files beside the records in `dir`; `drop` removes them again. */
export async function findCopies(dir: string, roots: PlaceRoots): Promise<{ files: string[]; drop: () => void }> {
  const into = path.join(dir, 'copies');
  const drop = (): void => rmSync(into, { recursive: true, force: true });
  drop();
  const places = await listOtherDisks(roots);
  const folders = places.map((place) => place.dir);
  return { files: await fetchCopies(folders, into, FETCH_MS), drop };
}

async function listOtherDisks(roots: PlaceRoots) {
  return (await listPlaces(roots)).filter(({ view }) => view.kind !== 'folder');
}
