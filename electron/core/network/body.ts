/** A body longer than allowed; `code` as for errors of the system. */
export class TooLargeError extends Error {
  readonly code = 'BODY_TOO_LARGE';

  constructor(limitBytes: number) {
    super(`more than ${limitBytes} bytes`);
  }
}

interface Body {
  headers: { get(name: string): string | null };
  body: ReadableStream<Uint8Array> | null;
}

/** The announced length is above the limit; nothing has to be read to know. */
export function announcesMore({ headers }: Pick<Body, 'headers'>, limitBytes: number): boolean {
  return Number(headers.get('content-length') ?? 0) > limitBytes;
}

/**
 * Reads a body while counting its unpacked bytes. Rejects with `TooLargeError` as soon as there are more than
 * `limitBytes`, and with the network's error when it breaks off; the rest is not read.
 */
export async function readBytes(answer: Body, limitBytes: number): Promise<Uint8Array> {
  if (announcesMore(answer, limitBytes)) {
    await answer.body?.cancel().catch(() => undefined);
    throw new TooLargeError(limitBytes);
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  if (answer.body)
    for await (const part of answer.body) {
      length += part.byteLength;
      // Leaving the loop gives up the rest.
      if (length > limitBytes) throw new TooLargeError(limitBytes);
      parts.push(part);
    }
  return Buffer.concat(parts, length);
}

export async function readText(answer: Body, limitBytes: number): Promise<string> {
  return new TextDecoder().decode(await readBytes(answer, limitBytes));
}
