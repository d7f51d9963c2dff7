import { Hono } from 'hono';
import { randomBytes, randomUUID } from 'node:crypto';
import { err, ok, type Result } from '../../shared/result.ts';

/** A page nobody fetched is dropped after this. */
const PAGE_LIVES_MS = 60_000;
/** Longer than the shell's own limit, so that its reason is heard. */
const PRINT_WAIT_MS = 70_000;

/** Everything a document needs is inside it: it may run nothing and reach nothing. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export type PrintFailure = { error: 'print_failed' | 'print_timeout'; detail: string };
export type PrintOutcome = Result<Uint8Array, PrintFailure>;

/** Pages that wait to be printed: each at a path that nobody can guess, given out once. */
export class PrintPages {
  readonly #pages = new Map<string, { html: string; timer: NodeJS.Timeout }>();

  /** Publishes a document; returns its path on the core. */
  publish(html: string): string {
    const name = randomBytes(32).toString('base64url');
    const timer = setTimeout(() => this.#pages.delete(name), PAGE_LIVES_MS);
    timer.unref();
    this.#pages.set(name, { html, timer });
    return `/print/${name}`;
  }

  /** Takes a document back that was not fetched. */
  withdraw(path: string): void {
    this.#take(path.slice('/print/'.length));
  }

  /** Prints a document to PDF; its page is gone afterwards. */
  async print(html: string, printer: PrintPort): Promise<PrintOutcome> {
    const path = this.publish(html);
    try {
      return await printer(path);
    } finally {
      this.withdraw(path);
    }
  }

  /** The routes under `/print`. */
  createRoutes() {
    return new Hono().get('/:name', (c) => {
      const html = this.#take(c.req.param('name'));
      if (html === null) return c.notFound();
      c.header('content-security-policy', PAGE_POLICY);
      c.header('x-content-type-options', 'nosniff');
      c.header('referrer-policy', 'no-referrer');
      c.header('cache-control', 'no-store');
      return c.html(html);
    });
  }

  stop(): void {
    for (const { timer } of this.#pages.values()) clearTimeout(timer);
    this.#pages.clear();
  }

  #take(name: string): string | null {
    const page = this.#pages.get(name);
    if (!page) return null;
    clearTimeout(page.timer);
    this.#pages.delete(name);
    return page.html;
  }
}

/** Prints a page of the core to PDF; what the shell can do and tests can do in its place. */
export type PrintPort = (path: string) => Promise<PrintOutcome>;

/** What the shell answers a print request. */
export interface Printed {
  id: string;
  /** Base64. */
  pdf?: string | undefined;
  error?: string | undefined;
}

/** The shell as a printer: a message with an id goes out, the answer with that id comes back, or the time is over. */
export function createShellPrinter(options: {
  send(message: { type: 'print'; id: string; path: string }): void;
  waitMs?: number;
}): { print: PrintPort; printed(answer: Printed): void; stop(): void } {
  const waiting = new Map<string, (outcome: PrintOutcome) => void>();
  return {
    print: (path) =>
      new Promise((resolve) => {
        const id = randomUUID();
        const timer = setTimeout(
          () => settle(err({ error: 'print_timeout', detail: 'the shell did not answer' })),
          options.waitMs ?? PRINT_WAIT_MS,
        );
        const settle = (outcome: PrintOutcome): void => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve(outcome);
        };
        waiting.set(id, settle);
        options.send({ type: 'print', id, path });
      }),
    printed({ id, pdf, error }) {
      const settle = waiting.get(id);
      if (pdf !== undefined) settle?.(ok(Buffer.from(pdf, 'base64')));
      else settle?.(err({ error: 'print_failed', detail: error ?? 'no document came' }));
    },
    stop() {
      for (const settle of waiting.values()) settle(err({ error: 'print_failed', detail: 'the core stops' }));
    },
  };
}
