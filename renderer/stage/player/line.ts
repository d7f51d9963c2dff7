import { FAILURES, type CauseBook, type Failure, type FailureKind } from './failure.ts';
import { fetchHedged, type Miss, type Reply } from './http.ts';
import { backoffMs, BACKOFF, GIVE_UP, REQUEST_LIMITS } from './policy.ts';
import { cleanPlaylist, parsePlaylist, type MasterView, type MediaView } from './playlist-view.ts';
import { RefillLimit } from './refill.ts';
import { inspectSegment } from './segment-gate.ts';
import { SequenceGuard } from './sequence-guard.ts';

/** What one request is for. */
export interface Errand {
  url: string;
  headers: Record<string, string>;
  range: { start: number; end: number } | null;
}

export interface SegmentErrand extends Errand {
  /** Media sequence number; null for an initialisation segment. */
  sn: number | null;
  durationS: number;
  encrypted: boolean;
}

export type Outcome = { ok: true; reply: Reply } | { ok: false; failure: Failure };

/** What the line asks of the player it feeds. */
export interface LineHost {
  toTransportUrl(url: string): string;
  /** Media seconds in the buffer ahead of the picture. */
  aheadS(): number;
  /** hls.js could fetch the same content from another host. */
  hasAlternative(): boolean;
  onMaster(view: MasterView): void;
  /** A media playlist that carries on; it may be changed before hls.js gets it. */
  onMedia(view: MediaView, text: string, main: boolean): string;
  /** Another numbering: nothing of it is given to hls.js. */
  onReset(view: MediaView): void;
  onFailure(kind: FailureKind, what: 'playlist' | 'segment' | 'key'): void;
  onSuccess(what: 'playlist' | 'segment' | 'key'): void;
  onSkipped(url: string, kind: FailureKind): void;
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
  readonly #poison: ReadonlySet<string>;
  #main: MediaView | null = null;
  #everPlaylist = false;

  /** `poison`: addresses of segments that broke a decoder; they are gaps. */
  constructor(host: LineHost, causes: CauseBook, poison: ReadonlySet<string>) {
    this.#host = host;
    this.#causes = causes;
    this.#poison = poison;
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
      if (this.#host.hasAlternative() && tries >= GIVE_UP.alternativeTries) return { ok: false, failure };
      const early = !this.#everPlaylist && FAILURES[failure.kind].class === 'missing';
      await sleep(backoffMs(early ? BACKOFF.not_started : FAILURES[failure.kind].backoff, tries), signal);
      if (signal.aborted) return aborted();
    }
  }

  async loadSegment(
    errand: SegmentErrand,
    onProgress: (loaded: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<Outcome> {
    if (this.#poison.has(errand.url))
      return { ok: false, failure: { kind: 'poison', status: 404, text: 'known to break the decoder' } };
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
      if (FAILURES[failure!.kind].class === 'bad_body') badBodies++;
      if (this.#givesUp(failure!, errand, tries, badBodies, performance.now() - began)) {
        this.#host.onSkipped(errand.url, failure!.kind);
        return { ok: false, failure: { ...failure!, status: failure!.status || 598 } };
      }
      await sleep(backoffMs(FAILURES[failure!.kind].backoff, tries), signal);
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
      await sleep(backoffMs(FAILURES[failure.kind].backoff, tries), signal);
      if (signal.aborted) return aborted();
    }
  }

  #fetch(
    errand: Errand,
    what: 'playlist' | 'segment' | 'key',
    kind: 'text' | 'bytes',
    signal: AbortSignal,
    onProgress?: (loaded: number, total: number) => void,
  ): Promise<Reply | Miss> {
    return fetchHedged(
      {
        ...errand,
        transportUrl: this.#host.toTransportUrl(errand.url),
        kind,
        limits: REQUEST_LIMITS[what],
        ...(onProgress ? { onProgress } : {}),
      },
      signal,
    );
  }

  #inspectPlaylist(reply: Reply, errand: Errand, main: boolean): Failure | null {
    const bad = (kind: FailureKind, text: string): Failure => ({ kind, status: reply.status, text });
    const parsed = parsePlaylist(reply.text);
    if (!parsed.ok)
      return bad(parsed.error === 'portal' || parsed.error === 'not_playlist' ? 'portal' : 'empty', parsed.error);
    reply.text = cleanPlaylist(reply.text);
    const { view } = parsed;
    if (view.type === 'master') {
      this.#host.onMaster(view);
      return null;
    }
    const verdict = this.guard.judge(plainUrl(errand.url), view, performance.now());
    if (verdict === 'reset') {
      this.#host.onReset(view);
      return bad('old_answer', 'another numbering');
    }
    if (verdict === 'old_answer') return bad('old_answer', `ends at ${view.endSn}`);
    if (main) this.#main = view;
    reply.text = this.#host.onMedia(view, reply.text, main);
    return null;
  }

  #givesUp(failure: Failure, errand: SegmentErrand, tries: number, badBodies: number, elapsedMs: number): boolean {
    const kind = FAILURES[failure.kind].class;
    if (this.#host.hasAlternative() && tries >= GIVE_UP.alternativeTries) return true;
    if (kind === 'network' || errand.sn === null) return false;
    const view = this.#main;
    // The newest segment is not skipped: it may only be late, and hls.js treats its loss as fatal.
    if (view && errand.sn >= view.endSn && this.#host.aheadS() > 1) return false;
    if (view && errand.sn < view.startSn) return tries >= 2;
    const hurry = this.#host.aheadS() < GIVE_UP.hurryBelowS;
    if (kind === 'bad_body') return badBodies >= GIVE_UP.badBodyTries;
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

/** The address without what CMCD adds: the same segment must be the same key. */
export function plainUrl(url: string): string {
  return url.replace(/([?&])CMCD=[^&]*&?/, '$1').replace(/[?&]$/, '');
}

function aborted(): Outcome {
  return { ok: false, failure: { kind: 'network', status: 0, text: 'aborted' } };
}

/** Waits, or returns at once when aborted or when the network adapter comes back. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      globalThis.removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    globalThis.addEventListener('online', done);
    if (signal.aborted) done();
  });
}
