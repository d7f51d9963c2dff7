import type { CachedRendition, StreamSource } from '../../../contract/session-package.ts';
import type { Cause, Whose } from '../../../shared/causes.ts';
import type { FreshAddresses } from '../fresh-addresses.ts';
import type { PlaylistReader } from '../playlist-reader.ts';
import type { CachePolicy } from './cache-policy.ts';
import type { StoreRefusal } from './cache-store.ts';
import type { Unsupported } from './followed-source.ts';

/** Why the stage plays from the source itself although a long delay is wanted. */
export type SteppedAside = Unsupported | StoreRefusal;

/** What is kept of a broadcast. */
export interface Wanted {
  sources: readonly StreamSource[];
  /** The source that was put first by hand; null: the order of the package. Asked again and again. */
  chosen(): string | null;
  language: string;
  /** The rendition that the package names; null: the best that the line carries. */
  rendition: CachedRendition | null;
}

export interface DelayCacheOptions extends Wanted {
  /** Opening waits for this. */
  ready: Promise<void>;
  /** All caches of this data folder. */
  root: string;
  sittingId: string;
  addresses: FreshAddresses;
  reader: PlaylistReader;
  /** Media seconds that the hall is behind the edge. */
  delayS: number;
  /** Before this the delay is waited for in front of a slate, epoch ms. */
  holdUntilMs: number;
  policy: CachePolicy;
  clock: { wallMs(): number; monoMs(): number };
  random: () => number;
  /** After an outage longer than the delay: everything later, or the usual delay again. */
  afterOutage(): 'complete' | 'in_step';
  onStepAside(why: SteppedAside): void;
  onError: (cause: unknown) => void;
}

/** What the stage gets. */
export type Answer =
  | { kind: 'list'; text: string }
  | { kind: 'bytes'; body: Buffer }
  | { kind: 'refused'; cause: Cause; whose: Whose | null };
