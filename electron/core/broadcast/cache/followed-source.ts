import { createHash } from 'node:crypto';
import type { CachedRendition } from '../../../contract/session-package.ts';
import type { Variant } from '../../../shared/hls/alternatives.ts';
import type { MasterPlaylist, MediaPlaylist, Sound } from '../../../shared/hls/read-playlist.ts';
import { SequenceGuard } from '../../../shared/hls/sequence-guard.ts';
import type { PlaylistReader, ReadFailure, ReadList } from '../playlist-reader.ts';
import type { Track } from './cache-index.ts';
import { FOLLOW } from './cache-policy.ts';
import { chooseSound, chooseVariant } from './choose-rendition.ts';

/** Why a stream cannot go through the cache; the stage then plays it from the source itself. */
export type Unsupported = 'encryption' | 'sound_without_dates';

export type Refresh =
  | { ok: true }
  | { ok: false; failure: Pick<ReadFailure, 'cause' | 'whose' | 'response'> }
  | { ok: false; unsupported: Unsupported };

/** One list that is followed. */
export interface FollowedList {
  url: string;
  rendition: string;
  list: MediaPlaylist;
  /** Counts the numberings seen at this source: another one when the encoder was restarted. */
  count: number;
}

interface Plan {
  variant: Variant | null;
  urls: Partial<Record<Track, string>>;
  sound: Sound | null;
}

/** What the master of the stage says of the rendition. */
export interface RenditionFacts {
  bandwidth: number;
  resolution: string | null;
  codecs: string | null;
  sound: Pick<Sound, 'name' | 'language'> | null;
}

/** The lists of one rendition of one source, read again and again; another rendition when the line is too slow for this one. */
export class FollowedSource {
  readonly #reader: PlaylistReader;
  readonly #language: string;
  readonly #wanted: CachedRendition | null;
  #guard = new SequenceGuard();
  #master: MasterPlaylist | null = null;
  #plan: Plan | null = null;
  #count = 0;
  #lists: Partial<Record<Track, FollowedList>> = {};
  #advancedAt: number | null = null;

  constructor(reader: PlaylistReader, wanted: { language: string; rendition: CachedRendition | null }) {
    this.#reader = reader;
    this.#language = wanted.language;
    this.#wanted = wanted.rendition;
  }

  list(track: Track): FollowedList | null {
    return this.#lists[track] ?? null;
  }

  /** Sound comes in a list of its own. */
  get hasSound(): boolean {
    return this.#plan?.urls.sound !== undefined;
  }

  /** When the main list moved last, ms of `performance.now()`; null before the first. */
  get advancedAt(): number | null {
    return this.#advancedAt;
  }

  get facts(): RenditionFacts {
    const attributes = this.#plan?.variant?.attributes ?? {};
    return {
      bandwidth: Number(attributes['BANDWIDTH']) || 1,
      resolution: attributes['RESOLUTION'] ?? null,
      codecs: attributes['CODECS'] ?? null,
      sound: this.#plan?.sound?.url ? this.#plan.sound : null,
    };
  }

  /** The master is read again at the next refresh. */
  readMasterAgain(): void {
    this.#plan = null;
  }

  /** Chooses again for a line of so many bits a second; true when another rendition is followed from now on. */
  chooseFor(bitsPerSecond: number): boolean {
    const before = this.#plan?.variant?.url;
    if (!this.#master || before === undefined) return false;
    const variant = chooseVariant(this.#master.variants, bitsPerSecond, this.#wanted);
    if (!variant || variant.url === before) return false;
    this.#use(this.#master, variant);
    this.#lists = {};
    return true;
  }

  /** Bits a second of the rendition that is followed, as announced; 0 where nothing is. */
  get bitsPerSecond(): number {
    return Number(this.#plan?.variant?.attributes['BANDWIDTH']) || 0;
  }

  /** Reads the lists once, and the master before them where it is not known. */
  async refresh(address: string, bitsPerSecond: number | null, signal: AbortSignal): Promise<Refresh> {
    if (!this.#plan) {
      const read = await this.#read(address, address, signal);
      if (!read.ok) return { ok: false, failure: read };
      if (read.playlist.kind === 'master') {
        this.#master = read.playlist;
        this.#use(read.playlist, chooseVariant(read.playlist.variants, bitsPerSecond, this.#wanted)!);
      } else {
        this.#plan = { variant: null, urls: { main: address }, sound: null };
        return this.#accept('main', address, read.playlist);
      }
    }
    for (const track of ['main', 'sound'] as const) {
      const url = this.#plan!.urls[track];
      if (url === undefined) continue;
      const read = await this.#read(url, address, signal);
      if (!read.ok) return { ok: false, failure: read };
      if (read.playlist.kind === 'master')
        return { ok: false, failure: { cause: 'not_playlist', whose: 'server', response: null } };
      const accepted = this.#accept(track, url, read.playlist);
      if (!accepted.ok) return accepted;
    }
    return { ok: true };
  }

  #use(master: MasterPlaylist, variant: Variant): void {
    const sound = chooseSound(master.sounds, variant.attributes['AUDIO'] ?? null, this.#language);
    this.#plan = { variant, sound, urls: { main: variant.url, ...(sound?.url ? { sound: sound.url } : {}) } };
  }

  #read(url: string, master: string, signal: AbortSignal): Promise<ReadList | ReadFailure> {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(FOLLOW.listMs)]);
    return this.#reader.read(url, { signal: limit, headers: { 'accept-encoding': 'gzip' } }, { master, near: null });
  }

  #accept(track: Track, url: string, list: MediaPlaylist): Refresh {
    if (list.segments.some(({ key }) => key && (key.method !== 'AES-128' || key.format !== 'identity')))
      return { ok: false, unsupported: 'encryption' };
    if (this.hasSound && list.segments.every(({ programmeMs }) => programmeMs === null))
      return { ok: false, unsupported: 'sound_without_dates' };
    const now = performance.now();
    const verdict = this.#guard.judge(url, list, now);
    if (verdict === 'old_answer') return { ok: true };
    if (verdict === 'reset') {
      this.#count += 1;
      this.#guard = new SequenceGuard();
      this.#guard.judge(url, list, now);
    }
    if (track === 'main' && verdict !== 'unchanged') this.#advancedAt = now;
    const name = track === 'main' ? this.#plan?.variant && renditionOf(this.#plan.variant) : this.#plan?.sound?.name;
    this.#lists[track] = { url, rendition: name ?? '', list, count: this.#count };
    return { ok: true };
  }
}

function renditionOf({ attributes }: Variant): string {
  return `${attributes['RESOLUTION'] ?? ''} ${attributes['BANDWIDTH'] ?? ''}`.trim();
}

/** A short name for something at an address, the same whatever token is in the query. */
export function nameOf(...parts: (string | number)[]): string {
  const plain = parts.map((part) => String(part).replace(/[?#].*$/u, '')).join('\n');
  return createHash('sha256').update(plain).digest('hex').slice(0, 16);
}
