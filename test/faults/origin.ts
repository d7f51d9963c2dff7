import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { answer, type Action } from './answer.ts';
import { getSegment, SEGMENT_S, VARIANTS } from './media.ts';
import { buildMaster, buildMedia, type ListOptions, type MediaList } from './playlists.ts';

/** What a request is for, as faults see it. */
export interface Ask {
  /** Seconds since the fault's clock was set; negative before. */
  t: number;
  host: 'a' | 'b';
  kind: 'master' | 'media' | 'segment' | 'key' | 'other';
  variant: string;
  /** Media sequence number of a segment, −1 otherwise. */
  sn: number;
  /** Number of the segment in the endless programme, −1 otherwise. */
  content: number;
  /** Whole path with its query. */
  url: string;
}

/** A live stream with one place for each kind of mischief. All moments `t` are seconds of the fault's clock. */
export interface StreamSpec {
  /** Length of the sliding window, seconds. */
  windowS: number;
  /** Programme that ran before the origin was made, seconds. */
  ageS: number;
  list: ListOptions;
  /** How long an idle connection is kept, ms; 2 s, which clients take as "not at all", when absent. */
  keepAliveMs?: number;
  /** What a request gets instead of its proper answer; null leaves it alone. */
  fault?: (ask: Ask) => Action | null;
  /** Changes a media playlist before it is written. */
  shape?: (list: MediaList, ask: Ask) => void;
  /** Changes the text of a playlist, last of all. */
  mangle?: (text: string, ask: Ask) => string;
  /** Changes a segment's bytes. */
  bytes?: (body: Buffer, ask: Ask) => Buffer;
  /** The numbering of segments: content number of sequence number 0 at `t`. */
  sequenceZero?: (t: number) => number;
  /** Content number at which the time stamps of segment `content` start from nothing. */
  stampZero?: (content: number) => number;
  shiftTicks?: number;
  /** The rendition whose bytes are served for `variant` at `content`. */
  pictureOf?: (variant: string, content: number) => string;
  /** Programme date-time minus truth, ms. */
  dateShiftMs?: (content: number) => number;
  /** Seconds by which a media playlist is older than the truth: an edge server that did not follow. */
  lagS?: (ask: Ask) => number;
  /** The pathway that the steering manifest puts first. */
  pathwayFirst?: (t: number) => 'A' | 'B';
  /** Nothing is produced after this. */
  endsAtT?: number;
  /** ENDLIST from this moment on. */
  endListAtT?: number;
}

export interface LogLine {
  t: number;
  url: string;
  host: 'a' | 'b';
  kind: Ask['kind'];
  outcome: string;
  content: number;
}

/** First programme second has this content number in every origin, so that positions stay clear of zero. */
const FIRST_CONTENT = 300;

/** An origin with its own time line on two ports of its own (host a and host b). */
export class Origin {
  readonly spec: StreamSpec;
  readonly log: LogLine[] = [];
  readonly #servers: http.Server[] = [];
  readonly #madeAt = Date.now();
  readonly #sockets = new Set<Socket>();
  #closedBytes = 0;
  #zeroAt: number | null = null;
  #urls: Record<'a' | 'b', string> = { a: '', b: '' };

  constructor(spec: StreamSpec) {
    this.spec = spec;
  }

  async start(): Promise<void> {
    for (const host of ['a', 'b'] as const) {
      const server = http.createServer({ keepAliveTimeout: this.spec.keepAliveMs ?? 2000 }, (request, response) =>
        this.#serve(host, request, response),
      );
      server.on('connection', (socket) => {
        this.#sockets.add(socket);
        socket.once('close', () => {
          this.#sockets.delete(socket);
          this.#closedBytes += socket.bytesWritten;
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      this.#urls[host] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      this.#servers.push(server);
    }
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.#servers.map((server) => {
        server.closeAllConnections();
        return new Promise<void>((resolve) => server.close(() => resolve()));
      }),
    );
  }

  /** Everything sent so far, headers and lists among it. */
  get bytesSent(): number {
    return [...this.#sockets].reduce((sum, socket) => sum + socket.bytesWritten, this.#closedBytes);
  }

  /** The fault's clock starts. */
  mark(): void {
    this.#zeroAt = Date.now();
  }

  base(host: 'a' | 'b'): string {
    return this.#urls[host];
  }

  t(now = Date.now()): number {
    return this.#zeroAt === null ? Number.NEGATIVE_INFINITY : (now - this.#zeroAt) / 1000;
  }

  /** Content number of the newest complete segment. */
  edge(now = Date.now()): number {
    const { endsAtT, endListAtT } = this.spec;
    const stop = Math.min(endsAtT ?? Infinity, endListAtT ?? Infinity);
    const at = this.#zeroAt !== null && Number.isFinite(stop) ? Math.min(now, this.#zeroAt + stop * 1000) : now;
    return FIRST_CONTENT + Math.floor((at - this.#madeAt + this.spec.ageS * 1000) / 1000 / SEGMENT_S) - 1;
  }

  /** Content number that is produced at fault time `t`; only after `mark`. */
  contentAt(t: number): number {
    return this.edge((this.#zeroAt ?? Date.now()) + t * 1000) + 1;
  }

  dateOf(content: number): number {
    const truth = this.#madeAt - this.spec.ageS * 1000 + (content - FIRST_CONTENT) * SEGMENT_S * 1000;
    return truth + (this.spec.dateShiftMs?.(content) ?? 0);
  }

  #serve(host: 'a' | 'b', request: http.IncomingMessage, response: http.ServerResponse): void {
    const ask = this.#read(
      host,
      request.url ?? '/',
      Number(/^bytes=(\d+)/.exec(request.headers.range ?? '')?.[1] ?? 0),
    );
    const action = this.spec.fault?.(ask) ?? null;
    const proper = action?.kind === 'proper' || action === null || 'of' in action ? this.#mangled(ask) : null;
    const outcome = answer(request, response, action, proper);
    this.log.push({ t: ask.t, url: ask.url, host, kind: ask.kind, outcome, content: ask.content });
  }

  #read(host: 'a' | 'b', url: string, rangeStart: number): Ask {
    const t = this.t();
    const path = url.split('?')[0]!;
    const ask: Ask = { t, host, kind: 'other', variant: '', sn: -1, content: -1, url };
    const segment = /^\/(\w+)\/(?:seg-(\d+)\.\w+|init\.mp4)$/.exec(path);
    if (path === '/master.m3u8') ask.kind = 'master';
    else if (path.endsWith('.key')) ask.kind = 'key';
    else if (path.endsWith('/index.m3u8')) Object.assign(ask, { kind: 'media', variant: path.split('/')[1]! });
    else if (segment) {
      ask.kind = 'segment';
      ask.variant = segment[1]!;
      ask.sn = Number(segment[2] ?? -1);
      ask.content = segment[2] === undefined ? -1 : ask.sn + this.#sequenceZero();
      // Which of the segments in one file.
      for (let n = 0; n < 10 && this.spec.list.ranges && rangeStart > 0; n++)
        if (this.spec.list.ranges(ask.variant, ask.content + n).start === rangeStart) {
          ask.content += n;
          break;
        }
    }
    return ask;
  }

  #sequenceZero(t = this.t()): number {
    return this.spec.sequenceZero?.(t) ?? 0;
  }

  #mangled(ask: Ask): { type: string; body: Buffer } | null {
    const proper = this.#proper(ask);
    const { mangle } = this.spec;
    if (!proper || !mangle || (ask.kind !== 'master' && ask.kind !== 'media')) return proper;
    return { ...proper, body: Buffer.from(mangle(proper.body.toString(), ask)) };
  }

  #proper(ask: Ask): { type: string; body: Buffer } | null {
    if (ask.url.startsWith('/fresh')) return text(`${this.#urls.a}/master.m3u8?pass=2`);
    if (ask.url.startsWith('/steering.json')) return this.#steer(ask.t);
    if (ask.kind === 'master') return text(withPass(buildMaster(this.spec.list, this.#urls, VARIANTS), ask.url));
    if (ask.kind === 'key') return { type: 'application/octet-stream', body: this.spec.list.key ?? Buffer.alloc(16) };
    if (ask.kind === 'media') {
      const list = this.#list(ask);
      this.spec.shape?.(list, ask);
      return list.segments.length === 0
        ? null
        : text(withPass(buildMedia(list, this.#listOptions(ask.host), ask.variant), ask.url));
    }
    if (ask.kind !== 'segment') return null;
    const { encode } = this.spec.list;
    if (ask.sn >= 0 && (ask.content > this.edge() || ask.content < this.#oldest())) return null;
    const picture = this.spec.pictureOf?.(ask.variant, ask.content) ?? ask.variant;
    const zero = this.spec.stampZero?.(ask.content) ?? 0;
    let body = encode
      ? encode(picture, ask.sn < 0 ? null : ask.content, ask.sn)
      : getSegment(picture, ask.content, zero, this.spec.shiftTicks ?? 0);
    if (this.spec.bytes) body = this.spec.bytes(Buffer.from(body), ask);
    return { type: 'video/mp2t', body };
  }

  #listOptions(host: 'a' | 'b'): ListOptions {
    const { list } = this.spec;
    return host === 'b' && list.sequenceShiftOnB ? { ...list, sequenceShift: list.sequenceShiftOnB } : list;
  }

  #steer(t: number): { type: string; body: Buffer } {
    const order = this.spec.pathwayFirst?.(t) === 'B' ? ['B', 'A'] : ['A', 'B'];
    const manifest = { VERSION: 1, TTL: 5, 'RELOAD-URI': '/steering.json', 'PATHWAY-PRIORITY': order };
    return { type: 'application/json', body: Buffer.from(JSON.stringify(manifest)) };
  }

  /** Servers keep segments a little longer than they list them. */
  #oldest(): number {
    const kept = this.edge() - Math.ceil(this.spec.windowS / SEGMENT_S) - 3;
    return Math.max(kept, this.#sequenceZero(), FIRST_CONTENT);
  }

  #list(ask: Ask): MediaList {
    const lagS = this.spec.lagS?.(ask) ?? 0;
    const edge = this.edge(Date.now() - lagS * 1000);
    const zero = this.#sequenceZero(ask.t - lagS);
    const first = this.spec.list.event
      ? Math.max(FIRST_CONTENT, zero)
      : Math.max(edge - Math.floor(this.spec.windowS / SEGMENT_S) + 1, zero, FIRST_CONTENT);
    const segments = Array.from({ length: Math.max(0, edge - first + 1) }, (_, i) => ({
      sn: first + i - zero,
      content: first + i,
      dateMs: this.dateOf(first + i),
      durationS: SEGMENT_S,
      discontinuity: false,
      gap: false,
    }));
    const ended = this.spec.endListAtT !== undefined && ask.t >= this.spec.endListAtT;
    return { segments, ended, targetDurationS: SEGMENT_S };
  }
}

/** A token in the query of a playlist is needed for all that it lists. */
function withPass(body: string, url: string): string {
  const pass = /[?&]pass=(\d+)/.exec(url)?.[1];
  return pass ? body.replace(/^([^#\s].*)$/gm, `$1?pass=${pass}`) : body;
}

function text(body: string): { type: string; body: Buffer } {
  return { type: 'application/vnd.apple.mpegurl', body: Buffer.from(body) };
}
