import { StreamLack } from '../../contract/broadcast.ts';
import type { Alternatives } from '../../shared/hls/alternatives.ts';
import { programmeAtEdge, type MasterPlaylist, type MediaPlaylist } from '../../shared/hls/read-playlist.ts';
import { SequenceWatch } from './sequence-watch.ts';
import { findErrorLacks, findListLacks, findSegmentLacks, type AnswerHeaders } from './stream-advice.ts';
import { AgreedCodes } from './agreed-codes.ts';

/** What one source of a sitting has shown so far, so that nothing is said of it that another source did. */
export class StreamFacts {
  readonly #lists = new AgreedCodes<StreamLack>();
  readonly #errors = new AgreedCodes<StreamLack>();
  readonly #segments = new AgreedCodes<StreamLack>();
  readonly #sequence = new SequenceWatch();
  #path: string | null = null;
  #alternatives: Alternatives = 'none';

  /** What the source lacks now, in the console's order. */
  get missing(): StreamLack[] {
    const codes = new Set([...this.#lists.codes, ...this.#errors.codes, ...this.#segments.codes]);
    if (this.#sequence.wentBack) codes.add('sequence_went_back');
    return StreamLack.options.filter((lack) => codes.has(lack));
  }

  /** Alternatives in the master playlist; a source that is a bare media playlist has none. */
  get alternatives(): Alternatives {
    return this.#alternatives;
  }

  noteMaster(master: MasterPlaylist): void {
    this.#alternatives = master.alternatives;
  }

  /** One more media playlist from `url`, at `atMs` of the monotonic clock. */
  noteList(
    url: string,
    list: { playlist: MediaPlaylist; headers: AnswerHeaders; bytes: number; alternatives: Alternatives },
    atMs: number,
  ): void {
    // A list that ended stays as it is, may be whole, and may be followed by another broadcast.
    if (list.playlist.ended) return this.#sequence.restart();
    // A token in the query changes, the list does not.
    const path = url.replace(/[?#].*$/u, '');
    if (path !== this.#path) this.#sequence.restart();
    this.#path = path;
    const { startSn, endSn } = list.playlist;
    this.#sequence.note({ startSn, endSn, edgeAtMs: programmeAtEdge(list.playlist) }, atMs);
    this.#lists.note(findListLacks({ ...list, slid: this.#sequence.slid }));
  }

  /** Any answer to the kiosk that was an error. */
  noteError(headers: AnswerHeaders): void {
    const lacks = findErrorLacks(headers);
    if (lacks) this.#errors.note(lacks);
  }

  /** The answer to the newest listed segment. */
  noteSegment(headers: AnswerHeaders): void {
    this.noteError(headers);
    const lacks = findSegmentLacks(headers);
    if (lacks) this.#segments.note(lacks);
  }
}
