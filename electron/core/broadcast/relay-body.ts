import { TooLargeError } from '../network/body.ts';

const PLAYLIST_TAG = '#EXTM3U';
/** Blanks and byte order marks in front of a playlist are no longer than this. */
const SNIFFED_BYTES = 64;

/**
 * The body of an answer on its way to the window: its beginning is looked at, then it is either read whole or passed on piece
 * by piece. Unpacked bytes are counted; above the limit, and when the server breaks off, `cut` is called.
 */
export class RelayBody {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | null;
  readonly #limitBytes: number;
  readonly #cut: () => void;
  #parts: Uint8Array[] = [];
  #length = 0;
  #done = false;

  constructor(body: ReadableStream<Uint8Array> | null, options: { limitBytes: number; cut: () => void }) {
    this.#reader = body?.getReader() ?? null;
    this.#done = body === null;
    this.#limitBytes = options.limitBytes;
    this.#cut = options.cut;
  }

  /** Whether this is a playlist, by its first bytes, whatever the server calls it. A body that breaks off at once is none. */
  async isPlaylist(): Promise<boolean> {
    for (;;) {
      const head = Buffer.concat(this.#parts)
        .subarray(0, SNIFFED_BYTES)
        .toString('latin1')
        .replace(/^ï»¿/u, '')
        .trimStart();
      if (head.startsWith(PLAYLIST_TAG)) return true;
      const open = this.#length < SNIFFED_BYTES && PLAYLIST_TAG.startsWith(head);
      if (!open || !(await this.#readMore().catch(() => false))) return false;
    }
  }

  /** Everything, as text. Rejects above `limitBytes` and when the server breaks off. */
  async readText(limitBytes: number): Promise<string> {
    do {
      if (this.#length > limitBytes) {
        await this.cancel();
        throw new TooLargeError(limitBytes);
      }
    } while (await this.#readMore());
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.wholeBytes());
  }

  /** What was read, byte for byte. */
  wholeBytes(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(Buffer.concat(this.#parts));
  }

  /** The rest as a stream, with what was read already in front. */
  stream(): ReadableStream<Uint8Array> | null {
    if (!this.#reader && this.#parts.length === 0) return null;
    const waiting = this.#parts;
    this.#parts = [];
    return new ReadableStream<Uint8Array>(
      {
        // A server that finds the first piece there waits a timer's turn for a second one: this one comes a moment after the headers.
        start: () => new Promise((resolve) => setImmediate(resolve)),
        pull: async (controller) => {
          try {
            const next = waiting.shift();
            if (next) controller.enqueue(next);
            else if (await this.#readMore()) controller.enqueue(this.#parts.pop()!);
            else controller.close();
            if (this.#length > this.#limitBytes) throw new TooLargeError(this.#limitBytes);
          } catch {
            // A broken segment is daily life of a broadcast: the server below must not see an error, which it would print.
            this.#cut();
            await this.cancel();
            controller.close();
          }
        },
        cancel: () => this.cancel(),
      },
      { highWaterMark: 0 },
    );
  }

  async cancel(): Promise<void> {
    this.#done = true;
    await this.#reader?.cancel().catch(() => undefined);
  }

  async #readMore(): Promise<boolean> {
    if (this.#done || !this.#reader) return false;
    const { done, value } = await this.#reader.read();
    if (done) {
      this.#done = true;
      return false;
    }
    this.#parts.push(value);
    this.#length += value.byteLength;
    return true;
  }
}
