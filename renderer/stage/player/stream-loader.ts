import {
  plainUrl,
  segmentKey,
  sleep,
  type LoadRequest,
  type KnownGaps,
  type LoadResult,
  type SegmentRequest,
} from './load-request.ts';
import { FAILURES, type FailureHistory, type Failure, type FailureKind } from './failure.ts';
import { readDataUrl } from './data-url.ts';
import { fetchHedged } from './hedged-request.ts';
import { backoffMs, BACKOFF, GIVE_UP, hedgeMs, REQUEST_LIMITS, type Backoff } from './policy.ts';
import { cleanPlaylist, parsePlaylist, type MediaView } from './playlist-view.ts';
import { RefillLimit } from './refill.ts';
import type { HttpFailure, HttpReply } from './http-request.ts';
import { inspectSegment } from './segment-gate.ts';
import { AlternativeCheck } from './alternative-check.ts';
import { SequenceGuard } from './sequence-guard.ts';

/** What the loader needs from the deck it serves. */
export interface StreamLoaderHost {
  toTransportUrl(url: string): string;
  /** Media seconds that the hall can still see: a deck that is only prepared has those of the one on screen as well. */
  aheadS(): number;
  /** A media playlist that carries on; it may be changed before hls.js gets it. */
  onMedia(view: MediaView, text: string, main: boolean): string;
  /** Another numbering: nothing of it is given to hls.js. */
  onReset(view: MediaView): void;
  onFailure(kind: FailureKind, what: 'playlist' | 'segment' | 'key'): void;
  onSuccess(what: 'playlist' | 'segment' | 'key'): void;
  /** A segment becomes a gap; `kind` is null when it was known as one. */
  onGap(request: SegmentRequest, kind: FailureKind | null): void;
  /** Repairs a good segment where hls.js would not. */
  repair(body: ArrayBuffer, request: SegmentRequest): ArrayBuffer;
}

/**
 * Fetches playlists, segments, keys and steering manifests for one deck. A request that failed is repeated with jitter for as
 * long as that can help; hls.js learns of the failure only when it has another address to try or the segment is truly lost.
 */
export class StreamLoader {
  readonly guard = new SequenceGuard();
  readonly #host: StreamLoaderHost;
  readonly #causes: FailureHistory;
  readonly #refill = new RefillLimit();
  readonly #gaps: KnownGaps;
  readonly #alternatives: AlternativeCheck;
  #main: MediaView | null = null;
  #playlistAt = 0;
  #withheld = false;
  #everPlaylist = false;
  #underway = 0;
  #activeAt = performance.now();

  constructor(host: StreamLoaderHost, causes: FailureHistory, gaps: KnownGaps) {
    this.#host = host;
    this.#causes = causes;
    this.#gaps = gaps;
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
      if (signal.aborted) return aborted();
      const failure = reply.ok ? this.#inspectPlaylist(reply, request, main) : reply;
      if (failure === null) {
        this.#succeeded('playlist');
        this.#everPlaylist = true;
        return { ok: true, reply: reply as HttpReply };
      }
      this.#failed(failure.kind, 'playlist');
      if (tries >= GIVE_UP.alternativeTries && (await this.#alternatives.alternativeAnswers(request.url, signal)))
        return { ok: false, failure };
      const early = !this.#everPlaylist && FAILURES[failure.kind].class === 'missing';
      await this.#pause(early ? BACKOFF.not_started : FAILURES[failure.kind].backoff, tries, signal);
      if (signal.aborted) return aborted();
    }
  }

  async loadSegment(
    request: SegmentRequest,
    onProgress: (loaded: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<LoadResult> {
    const key = segmentKey(request.url, request.range?.start);
    if (this.#gaps.has(key)) {
      this.#host.onGap(request, null);
      return { ok: false, failure: { kind: 'poison', status: 404, text: 'given up before' } };
    }
    const wait = request.sn === null ? 0 : this.#refill.waitMs(request.durationS, this.#host.aheadS());
    if (wait > 0) await sleep(wait, signal);
    const began = performance.now();
    let badBodies = 0;
    for (let tries = 1; ; tries++) {
      if (signal.aborted) return aborted();
      const reply = await this.#fetch(request, 'segment', 'bytes', signal, onProgress);
      if (signal.aborted) return aborted();
      let failure: Failure | null = reply.ok ? null : reply;
      if (reply.ok) {
        const kind = inspectSegment(reply.bytes, {
          encrypted: request.encrypted,
          rangeLength: request.range ? request.range.end - request.range.start : null,
        });
        if (kind === null) {
          this.#succeeded('segment');
          reply.bytes = this.#host.repair(reply.bytes, request);
          return { ok: true, reply };
        }
        failure = { kind, status: reply.status, text: `bad body of ${reply.size} bytes` };
      }
      this.#failed(failure!.kind, 'segment');
      // A web page in place of one segment, while playlists are fine, is that segment's fault and no portal.
      const strange = failure!.kind === 'portal' && this.#playlistAt > began;
      if (strange || FAILURES[failure!.kind].class === 'bad_body') badBodies++;
      if (tries >= GIVE_UP.alternativeTries && (await this.#alternatives.alternativeAnswers(request.url, signal)))
        return { ok: false, failure: failure! };
      const elapsedMs = performance.now() - began;
      const lost =
        this.#givesUp(failure!, request, { tries, badBodies, began, elapsedMs }) ||
        (await this.#alternatives.nextSegmentAnswers(request, tries, elapsedMs, signal));
      if (lost) {
        this.#gaps.add(key);
        this.#host.onGap(request, failure!.kind);
        return { ok: false, failure: { ...failure!, status: failure!.status || 598 } };
      }
      await this.#pause(FAILURES[failure!.kind].backoff, tries, signal);
    }
  }

  async loadKey(request: LoadRequest, expected: number | null, signal: AbortSignal): Promise<LoadResult> {
    for (let tries = 1; ; tries++) {
      const reply = await this.#fetch(request, 'key', 'bytes', signal);
      if (signal.aborted) return aborted();
      if (reply.ok && (expected === null || reply.bytes.byteLength === expected)) {
        this.#succeeded('key');
        return { ok: true, reply };
      }
      const failure: Failure = reply.ok ? { kind: 'portal', status: 200, text: `key of ${reply.size} bytes` } : reply;
      this.#failed(failure.kind, 'key');
      await this.#pause(FAILURES[failure.kind].backoff, tries, signal);
      if (signal.aborted) return aborted();
    }
  }

  /** A content steering manifest (RFC 8216bis, 7): asked once, because hls.js asks again by its own clock and plays on without. */
  async loadSteering(request: LoadRequest, signal: AbortSignal): Promise<LoadResult> {
    const reply = await this.#fetch(request, 'playlist', 'text', signal);
    if (!reply.ok) return { ok: false, failure: reply };
    if (isJson(reply.text)) return { ok: true, reply };
    return { ok: false, failure: { kind: 'portal', status: 598, text: 'no steering manifest' } };
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
        transportUrl: this.#host.toTransportUrl(request.url),
        kind,
        limits: { ...limits, hedgeAfterMs: hedgeMs(limits, this.#host.aheadS()) },
        onHang: () => this.#failed('timeout', what),
        ...(onProgress ? { onProgress } : {}),
      },
      signal,
    ).finally(() => {
      this.#underway--;
      this.#activeAt = performance.now();
    });
  }

  #pause(backoff: Backoff, tries: number, signal: AbortSignal): Promise<void> {
    return sleep(backoffMs(backoff, tries, this.#host.aheadS()), signal);
  }

  #inspectPlaylist(reply: HttpReply, request: LoadRequest, main: boolean): Failure | null {
    const bad = (kind: FailureKind, text: string): Failure => ({ kind, status: reply.status, text });
    const parsed = parsePlaylist(reply.text);
    if (!parsed.ok)
      return bad(parsed.error === 'portal' || parsed.error === 'not_playlist' ? 'portal' : 'empty', parsed.error);
    reply.text = cleanPlaylist(reply.text);
    const { view } = parsed;
    if (view.type === 'master') {
      this.#alternatives.recordAlternatives(view.redundant ? view.uris.map((uri) => new URL(uri, reply.url).href) : []);
      return null;
    }
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
      this.#alternatives.recordMain(view, reply.url);
    }
    this.#playlistAt = performance.now();
    reply.text = this.#host.onMedia(view, reply.text, main);
    return null;
  }

  #givesUp(
    failure: Failure,
    request: SegmentRequest,
    { tries, badBodies, began, elapsedMs }: { tries: number; badBodies: number; began: number; elapsedMs: number },
  ): boolean {
    const kind = FAILURES[failure.kind].class;
    if (request.sn === null || (kind === 'network' && badBodies === 0)) return false;
    const view = this.#main;
    // The newest segment is not skipped: it may only be late, and hls.js treats its loss as fatal.
    if (view && !view.ended && request.sn >= view.endSn) return false;
    if (view && request.sn < view.startSn) return tries >= 2;
    const hurry = this.#host.aheadS() < GIVE_UP.hurryBelowS;
    if (kind !== 'missing') return badBodies >= GIVE_UP.badBodyTries;
    // Where playlists do not come either, the server has lost its way and not the segment.
    if (this.#playlistAt < began && !view?.ended) return false;
    if (hurry) return tries >= GIVE_UP.hurryTries && elapsedMs >= (view?.targetDurationS ?? 2) * 500;
    return (
      tries >= GIVE_UP.missingTries && elapsedMs >= GIVE_UP.missingTargetDurations * (view?.targetDurationS ?? 2) * 1000
    );
  }

  #failed(kind: FailureKind, what: 'playlist' | 'segment' | 'key'): void {
    this.#causes.recordFailure(kind, performance.now());
    this.#host.onFailure(kind, what);
  }

  #succeeded(what: 'playlist' | 'segment' | 'key'): void {
    this.#causes.recordSuccess(performance.now());
    this.#host.onSuccess(what);
  }
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

function aborted(): LoadResult {
  return { ok: false, failure: { kind: 'network', status: 0, text: 'aborted' } };
}
