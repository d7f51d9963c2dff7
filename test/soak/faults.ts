import type { Action } from '../faults/answer.ts';
import type { Ask, Origin } from '../faults/origin.ts';
import { withoutSound } from '../faults/spoil.ts';

interface Running {
  name: string;
  untilT: number;
  action?: (ask: Ask) => Action | null;
  bytes?: (body: Buffer, ask: Ask) => Buffer;
}

/** One fault at a time, chosen at random from a seed so that a bad night can be repeated. */
export class SoakFaults {
  count = 0;
  #seed: number;
  #running: Running | null = null;
  #sequenceZero = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Starts a fault chosen by the dice; returns what it is. */
  strike(origin: Origin): string {
    const kinds = this.#kinds(origin);
    return this.#start(kinds[Math.floor(this.#random() * kinds.length)]!);
  }

  /** Starts fault number `n` of the list, so that each is seen once; false when there are no more. */
  rehearse(origin: Origin, n: number): boolean {
    const kind = this.#kinds(origin)[n];
    if (kind) this.#start(kind);
    return kind !== undefined;
  }

  #start(kind: () => Running): string {
    this.count++;
    this.#running = kind();
    return this.#running.name;
  }

  #kinds(origin: Origin): (() => Running)[] {
    const t = origin.t();
    const next = origin.contentAt(t) + 2;
    const whole = (name: string, seconds: number, action: Action): Running => ({
      name,
      untilT: t + seconds,
      action: () => action,
    });
    const spoil = (name: string, count: number, bytes: (body: Buffer) => Buffer): Running => ({
      name,
      untilT: t + 30,
      bytes: (body, ask) => (ask.content >= next && ask.content < next + count ? bytes(body) : body),
    });
    return [
      () => whole('503 for 25 s', 25, { kind: 'status', status: 503 }),
      () => whole('reset for 25 s', 25, { kind: 'reset' }),
      () => whole('black hole for 25 s', 25, { kind: 'silence' }),
      () => whole('captive portal for 20 s', 20, { kind: 'body', type: 'text/html', body: '<html>Wi-Fi</html>' }),
      () => whole('late answers for 30 s', 30, { kind: 'late', ms: 1500, of: 'proper' }),
      () => whole('trickle for 20 s', 20, { kind: 'slow', bytesPerSecond: 300, of: 'proper' }),
      () => ({
        name: 'one segment 404',
        untilT: t + 30,
        action: (ask) => (ask.content === next ? { kind: 'status', status: 404 } : null),
      }),
      () => spoil('one truncated segment', 1, (body) => body.subarray(0, (body.length >> 1) + 11)),
      () => spoil('sound missing for 12 s', 6, withoutSound),
      () => {
        this.#sequenceZero = origin.contentAt(t);
        return { name: 'encoder restart', untilT: t };
      },
    ];
  }

  action(ask: Ask): Action | null {
    return this.#running && ask.t < this.#running.untilT ? (this.#running.action?.(ask) ?? null) : null;
  }

  bytes(body: Buffer, ask: Ask): Buffer {
    return this.#running?.bytes && ask.t < this.#running.untilT + 60 ? this.#running.bytes(body, ask) : body;
  }

  sequenceZero(): number {
    return this.#sequenceZero;
  }

  stampZero(content: number): number {
    return content >= this.#sequenceZero ? this.#sequenceZero : 0;
  }

  /** Park and Miller's generator: good enough to shuffle faults. */
  #random(): number {
    this.#seed = (this.#seed * 48_271) % 2_147_483_647;
    return this.#seed / 2_147_483_647;
  }
}
