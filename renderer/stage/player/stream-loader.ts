import {
  ABORTED,
  isJson,
  plainUrl,
  segmentKey,
  sleep,
  type LoadRequest,
  type KnownGaps,
  type LoadResult,
  type SegmentRequest,
} from './load-request.ts';
import type { Cause } from '../../../electron/shared/causes.ts';
import { backoffFor, classOf, type Failure, type FailureHistory } from './failure.ts';
import { SegmentPrints } from './segment-prints.ts';
import { readDataUrl } from './data-url.ts';
import { SegmentFailures } from './give-up.ts';
import { fetchHedged } from './hedged-request.ts';
import { backoffMs, BACKOFF, GIVE_UP, hedgeMs, REQUEST_LIMITS, type Backoff } from './policy.ts';
import { mendPlaylist } from '../../../electron/shared/hls/mend-playlist.ts';
import { CAUSE_OF_PLAYLIST, readPlaylist, type MediaPlaylist } from '../../../electron/shared/hls/read-playlist.ts';
import type { Variables } from '../../../electron/shared/hls/variables.ts';
import { withPreferredSound } from './preferred-sound.ts';
import { playlistForPlayer, withoutCodecs } from './player-playlist.ts';
import type { ToTransportUrl } from './player.ts';
import { RefillLimit } from './refill.ts';
import type { HttpFailure, HttpReply } from './http-request.ts';
import { inspectSegment } from '../../../electron/shared/hls/segment-gate.ts';
import { SpanCheck } from '../../../electron/shared/hls/segment-span.ts';
import { AlternativeCheck } from './alternative-check.ts';
import { SequenceGuard } from '../../../electron/shared/hls/sequence-guard.ts';

/** What the loader needs from the deck it serves. */
export interface StreamLoaderHost {
  /** Language of the sound, where there is a choice. */
  readonly language: string;
  /** Address of the source. */
  readonly master: string;
  readonly toTransportUrl: ToTransportUrl;
  /** Media seconds that may be fetched at line speed at first; more than usual where no outage went before. */
  readonly firstFillS: number;
  /** Media seconds that the hall can still see: a deck that is only prepared has those of the one on screen as well. */
  aheadS(): number;
  /** A media playlist that carries on; it may be changed before hls.js gets it. */
  onMedia(view: MediaPlaylist, text: string, list: { main: boolean; key: string }): string;
  /** Another numbering: nothing of it is given to hls.js. */
  onReset(view: MediaPlaylist): void;
  onFailure(cause: Cause): void;
  onSuccess(): void;
  /** A segment becomes a gap; `cause` is null when it was known as one. */
  onGap(request: SegmentRequest, cause: Cause | null): void;
  /** Repairs a good segment where hls.js would not. */
  repair(body: ArrayBuffer, request: SegmentRequest): ArrayBuffer;
}

/**
 * Fetches playlists, segments, keys and steering manifests for one deck. A request that failed is repeated with jitter for as
 * long as that can help; hls.js learns of the failure only when it has another address to try or the segment is truly lost.
 */
export class StreamLoader {
  readonly guard = new SequenceGuard();
  /** What the segments of the main rendition look like, by number. */
  readonly prints = new SegmentPrints();
  /** What the master says of codecs is not believed: no variant would be left. */
  ignoresCodecs = false;
  readonly #host: StreamLoaderHost;
  readonly #causes: FailureHistory;
  readonly #refill: RefillLimit;
  readonly #gaps: KnownGaps;
  /** By rendition. */
  readonly #spans = new Map<string, SpanCheck>();
  readonly #alternatives: AlternativeCheck;
  #main: MediaPlaylist | null = null;
  #variables: Variables | null = null;
  #playlistAt = 0;
  /** The last list could not be had; one that is only old was. */
  #listsFail = false;
  #withheld = false;
  #everPlaylist = false;
  #underway = 0;
  #activeAt = performance.now();

  constructor(host: StreamLoaderHost, causes: FailureHistory, gaps: KnownGaps) {
    this.#host = host;
    this.#causes = causes;
    this.#gaps = gaps;
    this.#refill = new RefillLimit(host.firstFillS);
    this.#alternatives = new AlternativeCheck((url) => host.toTransportUrl(url));
  }

  /** A playlist came, be it only the master. */
  get answered(): boolean {
    return this.#everPlaylist;
  }

  /** When anything was under way last: a loader that asks for nothing is dead. */
  get activeAt(): number {
    return this.#underway > 0 ? performance.now() : this.#activeAt;
  }

  async loadPlaylist(request: LoadRequest, main: boolean, signal: AbortSignal): Promise<LoadResult> {
    for (let tries = 1; ; tries++) {
      const reply = await this.#fetch(request, 'playlist', 'text', signal);
      if (signal.aborted) return ABORTED;
      const failure = reply.ok ? this.#inspectPlaylist(reply, request, main) : reply;
      this.#listsFail = failure !== null && failure.cause !== 'old_answer';
      if (failure === null) {
        this.#succeeded();
        this.#everPlaylist = true;
        return { ok: true, reply: reply as HttpReply };
      }
      this.#failed(failure);
      if (tries >= GIVE_UP.alternativeTries && (await this.#alternatives.alternativeAnswers(request.url, signal)))
        return { ok: false, failure };
      const early = !this.#everPlaylist && classOf(failure.cause) === 'missing';
      await this.#pause(early ? BACKOFF.not_started : backoffFor(failure.cause), tries, signal);
      if (signal.aborted) return ABORTED;
    }
  }

  /** Reads a list apart from hls.js, once; null when there is none to be had. */
  async readList(url: string, signal: AbortSignal): Promise<MediaPlaylist | null> {
    const reply = await this.#fetch({ url, headers: {}, range: null }, 'playlist', 'text', signal);
    if (!reply.ok) return null;
    const read = readPlaylist(reply.text, { url: reply.url, masterVariables: this.#variables });
    return read.ok && read.playlist.kind === 'media' ? read.playlist : null;
  }

  async loadSegment(
    request: SegmentRequest,
    onProgress: (loaded: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<LoadResult> {
    const key = segmentKey(request.url, request.range?.start, request.sn);
    if (this.#gaps.has(key)) {
      this.#host.onGap(request, null);
      return { ok: false, failure: { cause: 'corrupt', status: 404, text: 'given up before' } };
    }
    const wait = request.sn === null ? 0 : this.#refill.waitMs(request.durationS, this.#host.aheadS());
    if (wait > 0) await sleep(wait, signal);
    const began = performance.now();
    const failures = new SegmentFailures();
    for (let tries = 1; ; tries++) {
      if (signal.aborted) return ABORTED;
      const reply = await this.#fetch(request, 'segment', 'bytes', signal, onProgress);
      if (signal.aborted) return ABORTED;
      let failure: Failure | null = reply.ok ? null : reply;
      if (reply.ok) {
        const cause = this.#inspectSegment(reply.bytes, request, key);
        if (cause === null) {
          this.#succeeded();
          this.prints.note(request, reply.bytes);
          reply.bytes = this.#host.repair(reply.bytes, request);
          return { ok: true, reply };
        }
        failure = { cause, status: reply.status, text: `bad body of ${reply.size} bytes` };
      }
      this.#failed(failure!);
      if (tries >= GIVE_UP.alternativeTries && (await this.#alternatives.alternativeAnswers(request.url, signal)))
        return { ok: false, failure: failure! };
      const now = performance.now();
      const lost = failures.isLostAfter(failure!, {
        sn: request.sn,
        now,
        view: this.#main,
        listAt: this.#playlistAt,
        listsFail: this.#listsFail,
        aheadS: this.#host.aheadS(),
      });
      if (lost) {
        this.#gaps.add(key, classOf(failure!.cause) === 'missing' ? GIVE_UP.missingForMs : undefined);
        this.#host.onGap(request, failure!.cause);
        return { ok: false, failure: { ...failure!, status: failure!.status || 598 } };
      }
      if (await this.#alternatives.nextSegmentAnswers(request, tries, now - began, signal))
        failures.recordNextAnswered();
      await this.#pause(backoffFor(failure!.cause), tries, signal);
    }
  }

  async loadKey(request: LoadRequest, expected: number | null, signal: AbortSignal): Promise<LoadResult> {
    for (let tries = 1; ; tries++) {
      const reply = await this.#fetch(request, 'key', 'bytes', signal);
      if (signal.aborted) return ABORTED;
      if (reply.ok && (expected === null || reply.bytes.byteLength === expected)) {
        this.#succeeded();
        return { ok: true, reply };
      }
      const failure: Failure = reply.ok ? { cause: 'portal', status: 200, text: `key of ${reply.size} bytes` } : reply;
      this.#failed(failure);
      await this.#pause(backoffFor(failure.cause), tries, signal);
      if (signal.aborted) return ABORTED;
    }
  }

  /** A content steering manifest (RFC 8216bis, 7): asked once, because hls.js asks again by its own clock and plays on without. */
  async loadSteering(request: LoadRequest, signal: AbortSignal): Promise<LoadResult> {
    const reply = await this.#fetch(request, 'playlist', 'text', signal);
    if (!reply.ok) return { ok: false, failure: reply };
    if (isJson(reply.text)) return { ok: true, reply };
    return { ok: false, failure: { cause: 'portal', status: 598, text: 'no steering manifest' } };
  }

  #fetch(
    request: LoadRequest,
    what: 'playlist' | 'segment' | 'key',
    kind: 'text' | 'bytes',
    signal: AbortSignal,
    onProgress?: (loaded: number, total: number) => void,
  ): Promise<HttpReply | HttpFailure> {
    if (request.url.startsWith('data:')) return Promise.resolve(readDataUrl(request.url));
    this.#underway++;
    const limits = REQUEST_LIMITS[what];
    return fetchHedged(
      {
        ...request,
        transportUrl: this.#transportUrl(request.url, what),
        kind,
        limits: { ...limits, hedgeAfterMs: hedgeMs(limits, this.#host.aheadS()) },
        onHang: () => this.#failed({ cause: 'no_answer' }),
        ...(onProgress ? { onProgress } : {}),
      },
      signal,
    ).finally(() => {
      this.#underway--;
      this.#activeAt = performance.now();
    });
  }

  #inspectSegment(body: ArrayBuffer, request: SegmentRequest, key: string): Cause | null {
    const { encrypted, range, sn, durationS, track } = request;
    const cause = inspectSegment(body, { encrypted, rangeLength: range ? range.end - range.start : null });
    if (cause !== null || encrypted) return cause;
    const spans = this.#spans.get(track) ?? new SpanCheck();
    this.#spans.set(track, spans);
    if (sn === null) spans.noteInit(body);
    else return spans.isCut(key, body, durationS) ? 'truncated' : null;
    return null;
  }

  #transportUrl(url: string, what: 'playlist' | 'segment' | 'key'): string {
    const { master } = this.#host;
    const isList = what === 'playlist' && url !== master;
    return this.#host.toTransportUrl(url, isList ? { master, near: this.#main?.endSn ?? null } : undefined);
  }

  #pause(backoff: Backoff, tries: number, signal: AbortSignal): Promise<void> {
    return sleep(backoffMs(backoff, tries, this.#host.aheadS()), signal);
  }

  #inspectPlaylist(reply: HttpReply, request: LoadRequest, main: boolean): Failure | null {
    const bad = (cause: Cause, text: string): Failure => ({ cause, status: reply.status, text });
    const origin = { url: reply.url, masterVariables: this.#variables, nearSequence: null };
    const mended = mendPlaylist(reply.text, origin);
    const read = readPlaylist(reply.text, origin);
    if (!mended.ok || !read.ok) {
      const error = read.ok ? 'master_needed' : read.error;
      return bad(CAUSE_OF_PLAYLIST[error], error);
    }
    reply.text = playlistForPlayer(mended.text);
    const { playlist } = read;
    if (playlist.kind === 'master') {
      this.#variables = playlist.variables;
      const urls = playlist.alternatives === 'none' ? [] : playlist.variants.map((variant) => variant.url);
      this.#alternatives.recordAlternatives(urls);
      reply.text = withPreferredSound(reply.text, this.#host.language);
      if (this.ignoresCodecs) reply.text = withoutCodecs(reply.text);
      return null;
    }
    const view = playlist;
    const key = plainUrl(request.url);
    // While a restart is withheld, the first list of another rendition is of the new numbering as well.
    const strange = this.#withheld && !this.guard.knows(key);
    const verdict = strange ? 'reset' : this.guard.judge(key, view, performance.now());
    this.#withheld = verdict === 'reset';
    if (verdict === 'reset') {
      this.#host.onReset(view);
      return bad('old_answer', 'another numbering');
    }
    if (verdict === 'old_answer') return bad('old_answer', `ends at ${view.endSn}`);
    if (main) {
      this.#main = view;
      this.#alternatives.recordMain(view);
    }
    this.#playlistAt = performance.now();
    reply.text = this.#host.onMedia(view, reply.text, { main, key });
    return null;
  }

  #failed({ cause, whose }: Pick<Failure, 'cause' | 'whose'>): void {
    this.#causes.recordFailure(cause, performance.now(), whose);
    this.#host.onFailure(cause);
  }

  #succeeded(): void {
    this.#causes.recordSuccess(performance.now());
    this.#host.onSuccess();
  }
}
