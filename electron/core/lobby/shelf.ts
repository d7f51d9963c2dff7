import type { FoundPackage } from '../../contract/api-lobby.ts';
import { Signal } from '../../shared/signal.ts';
import { PackageFinder, readAgain, readFetched, type PackageFile } from '../provisioning/find-packages.ts';
import type { KeysOutcome } from '../provisioning/package-folder.ts';
import { listPins, type KnownKeys } from '../provisioning/package-trust.ts';
import type { ReadPackage } from '../provisioning/read-package.ts';
import type { ImportPlace } from '../provisioning/search-places.ts';
import type { Store } from '../store/store.ts';
import { describePackage } from './describe-package.ts';

/** A stick that is plugged in must show within three seconds. */
const LOOK_EVERY_MS = 1_000;

export interface ShelfOptions {
  store: Store;
  places(this: void): Promise<ImportPlace[]>;
  /** Read at each look: the file may be put there meanwhile. */
  readKeys(): KeysOutcome;
  onError(this: void, cause: unknown): void;
}

export type TakeOutcome =
  | { ok: true; read: ReadPackage; known: KnownKeys; file: PackageFile['file']; shown: FoundPackage }
  | { ok: false; error: 'file_gone' }
  | { ok: false; error: 'refused'; sentence: string; vi: string };

/** The session packages that are at hand now, looked for again each second. */
export class Shelf {
  /** The list is another one. */
  readonly changed = new Signal();
  readonly #options: ShelfOptions;
  readonly #finder = new PackageFinder();
  #files: PackageFile[] = [];
  /** By id; they stay as long as this core. */
  readonly #fetched = new Map<string, PackageFile>();
  #packages: FoundPackage[] = [];
  #isCut = false;
  #hasLooked = false;
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> = Promise.resolve();
  /** Looks one after the other: an older one that ends later would take away what a newer one found. */
  #turn: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: ShelfOptions) {
    this.#options = options;
  }

  /** What can be used before what a person must allow, and that before what cannot be used; newest first in each. */
  get packages(): readonly FoundPackage[] {
    return this.#packages;
  }

  /** There were more files than are looked at. */
  get isCut(): boolean {
    return this.#isCut;
  }

  get hasLooked(): boolean {
    return this.#hasLooked;
  }

  start(): void {
    this.#looking = this.#look()
      .catch((cause: unknown) => this.#options.onError(cause))
      .then(() => {
        if (!this.#stopped) this.#timer = setTimeout(() => this.start(), LOOK_EVERY_MS);
      });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#looking;
  }

  /** Reads a package of the list again, whole. */
  async take(id: string): Promise<TakeOutcome> {
    const found = this.#files.find((each) => each.id === id);
    const shown = this.#packages.find((each) => each.id === id);
    if (!found || !shown) return { ok: false, error: 'file_gone' };
    const known = this.#known();
    if (!known.ok) return { ok: false, error: 'refused', sentence: known.sentence, vi: known.vi };
    const again = await readAgain(found, known.keys);
    if (again === null) return { ok: false, error: 'file_gone' };
    if (!again.ok) return { ok: false, error: 'refused', sentence: again.sentence, vi: again.vi };
    return { ok: true, read: again.value, known, file: found.file, shown };
  }

  /** Puts a package that was fetched from an address into the list; its id there. */
  async add(fetched: { host: string; bytes: Uint8Array; name: string }): Promise<string> {
    const known = this.#known();
    const found = await readFetched(fetched, known.ok ? known.keys : []);
    this.#fetched.set(found.id, found);
    await this.#look();
    return found.id;
  }

  /** Looks at once for a file that was written just now; its id in the list, null when it is not there. */
  async find(file: string): Promise<string | null> {
    await this.#look();
    return this.#files.find((each) => each.file.path === file)?.id ?? null;
  }

  /** Where packages are looked for at this moment. */
  places(): Promise<ImportPlace[]> {
    return this.#options.places();
  }

  #look(): Promise<void> {
    const done = this.#turn.then(() => this.#lookOnce());
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #lookOnce(): Promise<void> {
    const { store, places } = this.#options;
    const known = this.#known();
    const keys = known.ok ? known.keys : [];
    const { packages: onDisk, isCut } = await this.#finder.look(await places(), keys);
    const packages = [...this.#fetched.values(), ...onDisk];
    const described: FoundPackage[] = [];
    for (const found of packages) {
      const shown = await describePackage(store, found, { keys, given: known.ok && known.given });
      const words = known.ok ? null : { vi: known.vi, en: known.sentence };
      described.push(words && !shown.fault ? { ...shown, fault: { code: 'keys_unreadable', words } } : shown);
    }
    const rank = ({ fault, questions }: FoundPackage) => (fault !== null ? 2 : Math.min(questions.length, 1));
    described.sort((a, b) => rank(a) - rank(b) || b.modifiedAt - a.modifiedAt);
    const before = JSON.stringify([this.#hasLooked, this.#isCut, this.#packages]);
    [this.#files, this.#packages, this.#isCut, this.#hasLooked] = [packages, described, isCut, true];
    if (JSON.stringify([true, isCut, described]) !== before) this.changed.emit();
  }

  /** The keys in the records count also where the file of them is gone. */
  #known(): KeysOutcome {
    const known = this.#options.readKeys();
    if (!known.ok || known.given || known.keys.length > 0) return known;
    return { ...known, keys: [...listPins(this.#options.store)] };
  }
}
