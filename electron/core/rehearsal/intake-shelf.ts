import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { syncFolder, writeDurably } from '../store/durable-file.ts';

const ReceiptFile = z.strictObject({
  sha256: z.string(),
  serial: z.string(),
  receivedAt: z.string(),
  deviceKeyId: z.string(),
  venueId: z.string(),
  receiptJws: z.string(),
});

/** One accepted revision. */
export type ShelfEntry = z.infer<typeof ReceiptFile>;

export interface ShelfReport {
  /** By number. Numbers may be missing: a revision that is refused does not hold up the next one. */
  revisions: ReadonlyMap<number, ShelfEntry>;
  /** Signed notice for the newest revision, while it stands returned. */
  returnJws: string | null;
}

interface HeldReport extends ShelfReport {
  revisions: Map<number, ShelfEntry>;
}

/** The highest number that was received; 0 for none. Whatever came first, it is the one that counts. */
export function newestOf(report: ShelfReport | null): number {
  return Math.max(0, ...(report?.revisions.keys() ?? []));
}

/**
 * Reports on disk: `reports/<id>/<n>.jose`, and next to it `<n>.json` with the receipt. The receipt file is the commit:
 * bytes without it were never acknowledged and may be overwritten by the next try.
 */
export class IntakeShelf {
  readonly #root: string;
  readonly #reports = new Map<string, HeldReport>();

  constructor(dir: string) {
    this.#root = path.join(dir, 'reports');
    mkdirSync(this.#root, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(this.#root)) {
      const report = readReport(path.join(this.#root, name));
      if (report.revisions.size > 0) this.#reports.set(name, report);
    }
  }

  get(reportId: string): ShelfReport | null {
    return this.#reports.get(reportId) ?? null;
  }

  list(): { reportId: string; report: ShelfReport }[] {
    return [...this.#reports].map(([reportId, report]) => ({ reportId, report }));
  }

  async readSealed(reportId: string, revision: number): Promise<Uint8Array | null> {
    if (!this.#reports.get(reportId)?.revisions.has(revision)) return null;
    return readFile(path.join(this.#root, reportId, `${revision}.jose`));
  }

  /** Keeps a revision and its receipt; returns only when both would survive a power cut. */
  async recordRevision(reportId: string, revision: number, bytes: Uint8Array, entry: ShelfEntry): Promise<void> {
    const folder = path.join(this.#root, reportId);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeDurably(path.join(folder, `${revision}.jose`), bytes);
    await writeDurably(path.join(folder, `${revision}.json`), Buffer.from(JSON.stringify(entry), 'utf8'));
    await syncFolder(this.#root);
    const report = this.#reports.get(reportId) ?? { revisions: new Map<number, ShelfEntry>(), returnJws: null };
    // A newer revision answers the return; an older one that comes late does not.
    if (revision > newestOf(report)) {
      await rm(path.join(folder, 'return.jws'), { force: true });
      report.returnJws = null;
    }
    report.revisions.set(revision, entry);
    this.#reports.set(reportId, report);
  }

  async recordReturn(reportId: string, returnJws: string): Promise<void> {
    const report = this.#reports.get(reportId);
    if (!report) throw new Error(`no report ${reportId}`);
    await writeDurably(path.join(this.#root, reportId, 'return.jws'), Buffer.from(returnJws, 'ascii'));
    report.returnJws = returnJws;
  }
}

function readReport(folder: string): HeldReport {
  const names = readdirSync(folder);
  const numbers = names.flatMap((name) => /^([1-9]\d*)\.json$/.exec(name)?.slice(1).map(Number) ?? []);
  const revisions = new Map<number, ShelfEntry>();
  for (const n of numbers.toSorted((a, b) => a - b)) {
    const entry = ReceiptFile.parse(JSON.parse(readFileSync(path.join(folder, `${n}.json`), 'utf8')));
    const held = createHash('sha256')
      .update(readFileSync(path.join(folder, `${n}.jose`)))
      .digest('hex');
    if (held !== entry.sha256) throw new Error(`${folder}: revision ${n} is damaged`);
    revisions.set(n, entry);
  }
  const returnJws = names.includes('return.jws') ? readFileSync(path.join(folder, 'return.jws'), 'ascii') : null;
  return { revisions, returnJws };
}
