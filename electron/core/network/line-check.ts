import { connectFirst } from './happy-eyeballs.ts';

/** An answer of another server is believed for so long, ms. */
const FRESH_MS = 30_000;
/** Other servers are asked at most so often: when the centre is down, all venues ask. */
const EVERY_MS = 15_000;
const LIMIT_MS = 3_000;

/**
 * Whether other servers can be reached while one cannot: that, and nothing else, tells the server's fault from the line's.
 * What answers anyway is noted; the others are asked for a connection, and for nothing more.
 */
export class LineCheck {
  readonly #others: readonly string[];
  /** By origin: when it answered last, on the monotonic clock. */
  readonly #answered = new Map<string, number>();
  #asked: { atMs: number; origin: string; answer: Promise<boolean | null> } | null = null;

  /** `others`: addresses of servers that the kiosk knows. */
  constructor(others: readonly string[]) {
    this.#others = [...new Set(others.map((url) => new URL(url).origin))];
  }

  noteAnswer(url: string): void {
    this.#answered.set(new URL(url).origin, performance.now());
  }

  /** True: others answer, so `failed` is at fault. False: none does. Null: there is no other to ask. */
  othersAnswer(failed: string): Promise<boolean | null> {
    const { origin } = new URL(failed);
    const now = performance.now();
    for (const [other, atMs] of this.#answered)
      if (other !== origin && now - atMs < FRESH_MS) return Promise.resolve(true);
    if (this.#asked?.origin !== origin || now - this.#asked.atMs > EVERY_MS)
      this.#asked = { atMs: now, origin, answer: this.#ask(origin) };
    return this.#asked.answer;
  }

  async #ask(failed: string): Promise<boolean | null> {
    const others = this.#others.filter((origin) => origin !== failed);
    if (others.length === 0) return null;
    const answers = await Promise.all(others.map(canConnect));
    return answers.includes(true);
  }
}

function canConnect(origin: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(origin);
  const to = { hostname, port: Number(port) || (protocol === 'https:' ? 443 : 80), timeoutMs: LIMIT_MS };
  return new Promise((resolve) =>
    connectFirst(to, (error, socket) => {
      socket?.destroy();
      // A refusal is an answer of the machine that was asked: the way there is open.
      resolve(socket !== null || (error !== null && 'code' in error && error.code === 'ECONNREFUSED'));
    }),
  );
}
