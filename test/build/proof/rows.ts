import fs from 'node:fs';
import path from 'node:path';

/** One thing that was looked at. */
export interface Row {
  what: string;
  ok: boolean;
  facts: string;
  seconds: number;
}

/** A row that could not be looked at here, with one sentence why. */
export class NotHere extends Error {}

/** The rows of a proof: each is said when it is known, all of them stand in the JSON. A row that throws is a row that failed. */
export class Rows {
  readonly rows: Row[] = [];
  readonly notHere: string[] = [];

  /** `look` answers facts when it is well, and throws when it is not. Whether it was looked at and is well, so that others can be built on it. */
  async row(what: string, look: () => Promise<string> | string): Promise<boolean> {
    const began = performance.now();
    let ok = true;
    let facts: string;
    try {
      facts = await look();
    } catch (cause) {
      facts = cause instanceof Error ? cause.message : String(cause);
      if (cause instanceof NotHere) {
        this.notHere.push(`${what}: ${facts}`);
        console.log(`–        ${what}: not looked at: ${facts}`);
        return false;
      }
      ok = false;
    }
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    this.rows.push({ what, ok, facts, seconds });
    console.log(`${ok ? '✓' : '✗'} ${seconds.toFixed(1).padStart(5)} s ${what}: ${facts}`);
    return ok;
  }

  /** Writes the JSON where asked, says the counts; the exit status, EX_UNAVAILABLE of sysexits.h when nothing could be looked at here. */
  close(json: string | undefined): number {
    const failed = this.rows.filter((row) => !row.ok).length;
    if (json) {
      fs.mkdirSync(path.dirname(path.resolve(json)), { recursive: true });
      const all = { passed: this.rows.length - failed, failed, rows: this.rows, notHere: this.notHere };
      fs.writeFileSync(json, `${JSON.stringify(all, null, 2)}\n`);
    }
    const [first] = this.notHere;
    if (this.rows.length === 0 && first !== undefined) {
      console.log(first);
      return 69;
    }
    console.log(`${this.rows.length - failed} rows are well, ${failed} are not`);
    // Nothing looked at is not a proof.
    return failed === 0 && this.rows.length > 0 ? 0 : 1;
  }
}

/** Throws with the sentence when it is not so. */
export function must(fact: unknown, sentence: string): asserts fact {
  if (!fact) throw new Error(sentence);
}

/** Asks again every quarter of a second until there is an answer; throws with `what` when there is none in time. */
export async function waitFor<T>(
  what: string,
  look: () => Promise<T | null | undefined> | T | null | undefined,
  timeoutMs: number,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs / 1000} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
