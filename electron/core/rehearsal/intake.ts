import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CompactSign } from 'jose';
import type { PublicJwk } from '../../contract/common.ts';
import { JOSE_TYPE, Receipt, ReportReturn } from '../../contract/report.ts';
import type { AnySessionReport } from '../../contract/report.ts';
import { err, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { NOTHING_RETURNED, problem, signed } from './intake-answers.ts';
import type { IntakeAnswer } from './intake-answers.ts';
import { loadIntakeKeys } from './intake-keys.ts';
import { openReport } from './intake-open.ts';
import { IntakeShelf, newestOf, type ShelfEntry } from './intake-shelf.ts';
import { IntakeSittings } from './intake-sittings.ts';
import type { HeldSitting } from './intake-sittings.ts';

/** 50,000 people, the most a package may list, seal to about 30 MiB. */
const MAX_REPORT_BYTES = 64 * 1024 * 1024;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Lets a test stand in the line between kiosk and province. Each hook may answer or cut the connection itself and then
 * returns true; false lets the intake go on.
 */
export interface IntakeFaults {
  beforeRequest?(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** The revision is stored by now; only the answer is still to be sent. */
  beforeAnswer?(request: IncomingMessage, response: ServerResponse, answer: IntakeAnswer): Promise<boolean>;
}

export interface IntakeOptions {
  /** Keys and reports are kept here; another intake on the same folder goes on where this one stopped. */
  dir: string;
  /** 0 or absent: any free port. Loopback only. */
  port?: number;
  /** True: takes practice reports only. False: real ones only. */
  rehearsal: boolean;
  /** A longer body is refused. */
  maxReportBytes?: number;
  now?: () => number;
  faults?: IntakeFaults;
}

export interface IntakeListing {
  reportId: string;
  revision: number;
  sha256: string;
  serial: string;
  receivedAt: string;
  venueId: string;
  deviceKeyId: string;
  /** The newest revision stands returned. */
  returned: boolean;
}

export interface Intake {
  start(): Promise<{ port: number; endpoint: string }>;
  stop(): Promise<void>;
  /** What a session package carries in `keys`. */
  keys: { receiptPublicJwk: PublicJwk; reportPublicJwk: PublicJwk };
  /** All accepted revisions, within a report in the order in which they came. */
  listReports(): IntakeListing[];
  /** Decrypts a stored revision; null when there is none. */
  getOpened(reportId: string, revision: number): Promise<AnySessionReport | null>;
  getSealed(reportId: string, revision: number): Promise<Uint8Array | null>;
  /** Sends the newest revision of a report back to the venue. */
  askReturn(reportId: string, reason: string): Promise<Result<ReportReturn, { error: 'unknown_report' }>>;
  /** From now on the province answers for this sitting; called again, it says the newer thing. */
  holdSitting(sitting: HeldSitting): void;
}

/** A province in small: takes sealed reports as the published interface says, and answers with signed receipts and statements. */
export function createIntake(options: IntakeOptions): Intake {
  const now = options.now ?? Date.now;
  const maxReportBytes = options.maxReportBytes ?? MAX_REPORT_BYTES;
  const keys = loadIntakeKeys(options.dir);
  const shelf = new IntakeShelf(options.dir);
  const sittings = new IntakeSittings({ sign, now });
  /** One at a time for each report, so that two tries of the same revision cannot both be "first". */
  const lines = new Map<string, Promise<unknown>>();
  let server: Server | null = null;

  async function sign(typ: string, content: unknown): Promise<string> {
    return new CompactSign(Buffer.from(JSON.stringify(content), 'utf8'))
      .setProtectedHeader({ alg: 'EdDSA', kid: keys.receipt.kid, typ })
      .sign(keys.receipt.privateKey);
  }

  async function inLine<T>(reportId: string, run: () => Promise<T>): Promise<T> {
    const before = lines.get(reportId) ?? Promise.resolve();
    const mine = before.then(run, run);
    const settled = mine.catch(() => undefined);
    lines.set(reportId, settled);
    try {
      return await mine;
    } finally {
      if (lines.get(reportId) === settled) lines.delete(reportId);
    }
  }

  async function take(reportId: string, revision: number, bytes: Uint8Array): Promise<IntakeAnswer> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const known = shelf.get(reportId)?.revisions ?? new Map<number, ShelfEntry>();
    const same = known.get(revision);
    if (same) {
      if (same.sha256 === sha256) return signed(200, same.receiptJws);
      return problem('other-bytes', `revision ${revision} was received with SHA-256 ${same.sha256}`);
    }
    const opened = await openReport(bytes, keys, options.rehearsal);
    if (!opened.ok) {
      return problem(opened.error === 'rehearsal_mismatch' ? 'rehearsal-mismatch' : 'unreadable-report', opened.detail);
    }
    const { report, deviceKeyId } = opened.value;
    if (report.reportId !== reportId || report.revision !== revision) {
      return problem('unreadable-report', 'the report inside is another than the address says');
    }
    for (const [number, entry] of known) {
      if (entry.deviceKeyId !== deviceKeyId)
        return problem('other-device', `revision ${number} was signed by device ${entry.deviceKeyId}`);
    }
    const receivedAt = new Date(now()).toISOString();
    const serial = randomUUID();
    const receipt = Receipt.parse({ format: 'report-receipt/1', reportId, revision, sha256, receivedAt, serial });
    const receiptJws = await sign(JOSE_TYPE.receipt, receipt);
    try {
      const entry = { sha256, serial, receivedAt, deviceKeyId, venueId: report.venue.id, receiptJws };
      await shelf.recordRevision(reportId, revision, bytes, entry);
    } catch (cause) {
      return problem('not-stored', cause instanceof Error ? cause.message : String(cause), { 'retry-after': '60' });
    }
    return signed(201, receiptJws);
  }

  async function answer(request: IncomingMessage): Promise<IntakeAnswer> {
    const parts = (request.url ?? '').split('?')[0]?.split('/') ?? [];
    const sitting = sittingOf(parts);
    if (sitting) return sittings.answer(request.method, sitting.conferenceId, sitting.sittingId);
    const [, version, reports, reportId, tail, number, ...rest] = parts;
    if (version !== 'v1' || reports !== 'reports' || rest.length > 0 || !reportId || !UUID.test(reportId)) {
      return problem('not-found', 'this interface has reports and, by conference, sittings');
    }
    if (tail === 'status' && number === undefined) {
      if (request.method !== 'GET') return problem('method-not-allowed', 'GET only', { allow: 'GET' });
      const report = shelf.get(reportId);
      if (!report) return problem('not-found', 'no such report was received');
      return report.returnJws === null ? NOTHING_RETURNED : signed(200, report.returnJws);
    }
    if (tail !== 'revisions' || !/^[1-9]\d{0,5}$/.test(number ?? ''))
      return problem('not-found', 'revisions are numbered from 1');
    if (request.method !== 'PUT') return problem('method-not-allowed', 'PUT only', { allow: 'PUT' });
    if (mediaType(request.headers['content-type']) !== 'application/jose') {
      return problem('unsupported-media-type', `Content-Type is ${request.headers['content-type'] ?? 'absent'}`);
    }
    const wanted = sha256Digest(headerOf(request, 'content-digest'));
    if (!wanted) return problem('malformed-request', 'Content-Digest with sha-256 is required (RFC 9530)');
    const bytes = await readBody(request, maxReportBytes);
    if (!bytes) return problem('too-large', `at most ${maxReportBytes} bytes`, { connection: 'close' });
    if (createHash('sha256').update(bytes).digest('base64') !== wanted) {
      return problem('digest-mismatch', `${bytes.length} bytes received`);
    }
    return inLine(reportId, () => take(reportId, Number(number), bytes));
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (await options.faults?.beforeRequest?.(request, response)) return;
    const given = await answer(request);
    if (await options.faults?.beforeAnswer?.(request, response, given)) return;
    response.writeHead(given.status, { ...given.headers, 'content-length': Buffer.byteLength(given.body) });
    response.end(given.body);
  }

  return {
    keys: { receiptPublicJwk: keys.receipt.publicJwk, reportPublicJwk: keys.report.publicJwk },
    async start() {
      const starting = createServer({ requestTimeout: 120_000, headersTimeout: 20_000 }, (request, response) => {
        serve(request, response).catch(() => response.destroy());
      });
      server = starting;
      await new Promise<void>((resolve, reject) => {
        starting.once('error', reject);
        starting.listen(options.port ?? 0, '127.0.0.1', resolve);
      });
      const { port } = starting.address() as AddressInfo;
      return { port, endpoint: `http://127.0.0.1:${port}` };
    },
    async stop() {
      const stopping = server;
      server = null;
      if (!stopping) return;
      const closed = new Promise<void>((resolve) => stopping.close(() => resolve()));
      stopping.closeAllConnections();
      await closed;
      await Promise.all(lines.values());
    },
    listReports: () =>
      shelf.list().flatMap(({ reportId, report }) =>
        [...report.revisions].map(([revision, { sha256, serial, receivedAt, venueId, deviceKeyId }]) => ({
          reportId,
          revision,
          sha256,
          serial,
          receivedAt,
          venueId,
          deviceKeyId,
          returned: report.returnJws !== null && revision === newestOf(report),
        })),
      ),
    async getOpened(reportId, revision) {
      const bytes = await shelf.readSealed(reportId, revision);
      if (!bytes) return null;
      const opened = await openReport(bytes, keys, options.rehearsal);
      if (!opened.ok) throw new Error(`a stored report does not open: ${opened.detail}`);
      return opened.value.report;
    },
    holdSitting: (sitting) => sittings.hold(sitting),
    getSealed: (reportId, revision) => shelf.readSealed(reportId, revision),
    askReturn: (reportId, reason) =>
      inLine(reportId, async () => {
        const revision = newestOf(shelf.get(reportId));
        if (revision === 0) return err({ error: 'unknown_report' });
        const at = new Date(now()).toISOString();
        const notice = ReportReturn.parse({ format: 'report-return/1', reportId, revision, reason, at });
        await shelf.recordReturn(reportId, await sign(JOSE_TYPE.reportReturn, notice));
        return ok(notice);
      }),
  };
}

/** Which sitting `/v1/conferences/{conferenceId}/sittings/{sittingId}` names; null for any other address. */
function sittingOf(parts: readonly string[]): { conferenceId: string; sittingId: string } | null {
  const [, version, conferences, conferenceId, sittings, sittingId, ...rest] = parts;
  if (version !== 'v1' || conferences !== 'conferences' || sittings !== 'sittings' || rest.length > 0) return null;
  return conferenceId && sittingId ? { conferenceId, sittingId } : null;
}

/** Null when the body is longer than `limit`; the rest is read and dropped, so that the answer can arrive. */
async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length <= limit) parts.push(part);
    else parts.length = 0;
  }
  return length > limit ? null : Buffer.concat(parts);
}

function headerOf(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : (value ?? '');
}

function mediaType(value: string | undefined): string {
  return (value ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** The base64 of `sha-256` in a `Content-Digest` field, which may carry other algorithms as well; null when absent. */
function sha256Digest(field: string): string | null {
  return /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):\s*(?:,|;|$)/.exec(field)?.[1] ?? null;
}
