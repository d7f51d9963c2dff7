import type { SourceHealth, StreamLack } from '../../contract/broadcast.ts';
import type { StreamSource } from '../../contract/session-package.ts';
import type { Cause } from '../../shared/causes.ts';
import type { Egress } from '../network/egress.ts';
import type { Clock } from '../store/clock.ts';
import type { FreshAddresses } from './fresh-addresses.ts';
import type { PlaylistReader, ReadFailure } from './playlist-reader.ts';

/** What `lastFailure` says while the server still holds an earlier broadcast. */
export const OLD_BROADCAST = 'earlier broadcast';

/** Where an ended list ends: programme date-time, epoch ms, and its target duration, ms. */
export interface EndedEdge {
  atMs: number;
  targetDurationMs: number;
}

export interface WatchState {
  health: SourceHealth;
  sourceId: string | null;
  host: string | null;
  lastAdvanceAt: number | null;
  endlistAt: number | null;
  /** The list was seen open, or moving, before it ended. */
  endlistIsOurs: boolean;
  lastFailure: string | null;
  /** The same by its name in the table of causes. */
  cause: Cause | null;
  /** Null while the list is open or has no dates. */
  endedEdge: EndedEdge | null;
  /** What the source that is read now lacks of what the centre must provide. */
  missing: StreamLack[];
  /** Centre's clock less ours, from the HTTP Date header, ms. */
  clockOffsetMs: number | null;
}

export interface WatcherOptions {
  sources: readonly StreamSource[];
  /** Present addresses of the sources, where tokens run out; the package's own when absent. */
  addresses?: FreshAddresses;
  egress: Egress;
  /** Shared with the relay, so that both read a list alike. */
  reader?: PlaylistReader;
  clock: Clock;
  random?: () => number;
  /** Polls seldom: nothing is shown yet. */
  slow?: boolean;
  /** Waits are so many times shorter, for tests that cannot wait; 1 when absent. */
  pace?: number;
  /** Start of the sitting, epoch ms: an ENDLIST from before it is another broadcast's. Needs programme date-time. */
  notBeforeMs?: number | null;
  onChange(state: WatchState): void;
  /** An error of our own while polling; the next poll comes all the same. */
  onError(cause: unknown): void;
}

/** For the technician's page: the status where one came, else the cause in words. */
export function wordsOf({ cause, response }: ReadFailure): string {
  if (response && !response.ok) return `http ${response.status}`;
  const words: Partial<Record<Cause, string>> = {
    empty: 'empty playlist',
    portal: 'not a playlist',
    not_playlist: 'not a playlist',
    too_large: 'too large',
    no_answer: 'timeout',
    no_connection: 'timeout',
  };
  return words[cause] ?? cause;
}

export function hostOf(url: string | undefined): string | null {
  return url ? new URL(url).host : null;
}
