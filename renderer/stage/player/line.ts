import { plainUrl, segmentKey, sleep, type Errand, type GapBook, type Outcome, type SegmentErrand } from './errand.ts';
import { FAILURES, type CauseBook, type Failure, type FailureKind } from './failure.ts';
import { readDataUrl } from './data-url.ts';
import { fetchHedged } from './http.ts';
import { backoffMs, BACKOFF, GIVE_UP, hedgeMs, REQUEST_LIMITS, type Backoff } from './policy.ts';
import { cleanPlaylist, parsePlaylist, type MediaView } from './playlist-view.ts';
import { RefillLimit } from './refill.ts';
import type { Miss, Reply } from './request.ts';
import { inspectSegment } from './segment-gate.ts';
import { SecondOpinion } from './second-opinion.ts';
import { SequenceGuard } from './sequence-guard.ts';

/** What the line asks of the player it feeds. */
export interface LineHost {
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
  onGap(errand: SegmentErrand, kind: FailureKind | null): void;
  /** Last touch to a good segment: repairs that hls.js does not make. */
  repair(body: ArrayBuffer, errand: SegmentErrand): ArrayBuffer;
}

/**
 * All fetching of one player, with the patience of an unattended hall: a failure is asked again with jitter for as long
 * as that can help, and hls.js learns of it only when it has somewhere else to go or the segment is truly lost.
 */
export class Line {
  readonly guard = new SequenceGuard();
  readonly #host: LineHost;
  readonly #causes: CauseBook;
  readonly #refill = new RefillLimit();
  readonly #gaps: GapBook;
  readonly #elsewhere: SecondOpinion;
  #main: MediaView | null = null;
  #playlistAt = 0;
  #withheld = false;
  #everPlaylist = false;
  #underway = 0;
  #activeAt = performance.now();

  constructor(host: LineHost, causes: CauseBook, gaps: GapBook) {
    this.#host = host;
    this.#causes = causes;
    this.#gaps = gaps;
    this.#elsewhere = new SecondOpinion((url) => host.toTransportUrl(url));
  }

  /** A playlist came, be it only the master. */
  get answered(): boolean {
    return this.#everPlaylist;
  }

  /** When anything was under way last: a loader that asks for nothing is dead. */
  get activeAt(): number {
    return this.#underway > 0 ? performance.now() : this.#activeAt;
  }

  async loadPlaylist(errand: Errand, main: boolean, signal: AbortSignal): Promise<Outcome> {
    for (let tries = 1; ; tries++) {
      const reply = await this.#fetch(errand, 'playlist', 'text', signal);
      if (signal.aborted) return aborted();
      const failure = reply.ok ? this.#inspectPlaylist(reply, errand, main) : reply;
      if (failure === null) {
        this.#succeeded('playlist');
        this.#everPlaylist = true;
        return { ok: true, reply: reply as Reply };
      }
      this.#failed(failure.kind, 'playlist');
      if (tries >= GIVE_UP.alternativeTries && (await this.#elsewhere.alternativeLives(errand.url, signal)))
        return { ok: false, failure };
      const early = !this.#everPlaylist && FAILURES[failure.kind].class === 'missing';
      await this.#pause(early ? BACKOFF.not_started : FAILURES[failure.kind].backoff, tries, signal);
      if (signal.aborted) return aborted();
    }
  }

  async loadSegment(
    errand: SegmentErrand,
    onProgress: (loaded: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const key = segmentKey(errand.url, errand.range?.start);
    if (this.#gaps.has(key)) {
      this.#host.onGap(errand, null);
      return { ok: false, failure: { kind: 'poison', status: 404, text: 'given up before' } };
    }
    const wait = errand.sn === null ? 0 : this.#refill.waitMs(errand.durationS, this.#host.aheadS());
    if (wait > 0) await sleep(wait, signal);
    const began = performance.now();
    let badBodies = 0;
    for (let tries = 1; ; tries++) {
      if (signal.aborted) return aborted();
      const reply = await this.#fetch(errand, 'segment', 'bytes', signal, onProgress);
      if (signal.aborted) return aborted();
      let failure: Failure | null = reply.ok ? null : reply;
      if (reply.ok) {
        const kind = inspectSegment(reply.bytes, {
          encrypted: errand.encrypted,
          rangeLength: errand.range ? errand.range.end - errand.range.start : null,
        });
        if (kind === null) {
          this.#succeeded('segment');
          reply.bytes = this.#host.repair(reply.bytes, errand);
          return { ok: true, reply };
        }
        failure = { kind, status: reply.status, text: `bad body of ${reply.size} bytes` };
      }
      this.#failed(failure!.kind, 'segment');
      // A web page in place of one segment, while playlists are fine, is that segment's fault and no portal.
      const strange = failure!.kind === 'portal' && this.#playlistAt > began;
      if (strange || FAILURES[failure!.kind].class === 'bad_body') badBodies++;
      if (tries >= GIVE_UP.alternativeTries && (await this.#elsewhere.alternativeLives(errand.url, signal)))
        return { ok: false, failure: failure! };
      const elapsedMs = performance.now() - began;
      const lost =
        this.#givesUp(failure!, errand, { tries, badBodies, began, elapsedMs }) ||
        (await this.#elsewhere.nextLives(errand, tries, elapsedMs, signal));
      if (lost) {
        this.#gaps.add(key);
        this.#host.onGap(errand, failure!.kind);
        return { ok: false, failure: { ...failure!, status: failure!.status || 598 } };
      }
      await this.#pause(FAILURES[failure!.kind].backoff, tries, signal);
    }
  }

  async loadKey(errand: Errand, expected: number | null, signal: AbortSignal): Promise<Outcome> {
    for (let tries = 1; ; tries++) {
      const reply = await this.#fetch(errand, 'key', 'bytes', signal);
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
  async loadSteering(errand: Errand, signal: AbortSignal): Promise<Outcome> {
    const reply = await this.#fetch(errand, 'playlist', 'text', signal);
    if (!reply.ok) return { ok: false, failure: reply };
    if (isJson(reply.text)) return { ok: true, reply };
    return { ok: false, failure: { kind: 'portal', status: 598, text: 'no steering manifest' } };
  }

  #fetch(
    errand: Errand,
    what: 'playlist' | 'segment' | 'key',
    kind: 'text' | 'bytes',
    signal: AbortSignal,
    onProgress?: (loaded: number, total: number) => void,
  ): Promise<Reply | Miss> {
    if (errand.url.startsWith('data:')) return Promise.resolve(readDataUrl(errand.url));
    this.#underway++;
    const limits = REQUEST_LIMITS[what];
    return fetchHedged(
      {
        ...errand,
        transportUrl: this.#host.toTransportUrl(errand.url),
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

  #inspectPlaylist(reply: Reply, errand: Errand, main: boolean): Failure | null {
    const bad = (kind: FailureKind, text: string): Failure => ({ kind, status: reply.status, text });
    const parsed = parsePlaylist(reply.text);
    if (!parsed.ok)
      return bad(parsed.error === 'portal' || parsed.error === 'not_playlist' ? 'portal' : 'empty', parsed.error);
    reply.text = cleanPlaylist(reply.text);
    const { view } = parsed;
    if (view.type === 'master') {
      this.#elsewhere.recordAlternatives(view.redundant ? view.uris.map((uri) => new URL(uri, reply.url).href) : []);
      return null;
    }
    const key = plainUrl(errand.url);
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
      this.#elsewhere.recordMain(view, reply.url);
    }
    this.#playlistAt = performance.now();
    reply.text = this.#host.onMedia(view, reply.text, main);
    return null;
  }

  #givesUp(
    failure: Failure,
    errand: SegmentErrand,
    { tries, badBodies, began, elapsedMs }: { tries: number; badBodies: number; began: number; elapsedMs: number },
  ): boolean {
    const kind = FAILURES[failure.kind].class;
    if (errand.sn === null || (kind === 'network' && badBodies === 0)) return false;
    const view = this.#main;
    // The newest segment is not skipped: it may only be late, and hls.js treats its loss as fatal.
    if (view && !view.ended && errand.sn >= view.endSn) return false;
    if (view && errand.sn < view.startSn) return tries >= 2;
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

function aborted(): Outcome {
  return { ok: false, failure: { kind: 'network', status: 0, text: 'aborted' } };
}
