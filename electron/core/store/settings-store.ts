import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { Damages } from './damages.ts';
import { TEXT_OF, UNREADABLE, type FreeTexts } from './free-texts.ts';
import { prepared, preparedValue } from './statements.ts';

const PinRow = z.object({ salt: z.instanceof(Buffer), cost: z.number(), hash: z.instanceof(Buffer) });
export type StoredPin = z.infer<typeof PinRow>;

export interface HeadCount {
  counted: number;
  reason: string | null;
  by: string;
}
const HeadCountRow = z.object({
  counted: z.number(),
  // In clear, of older programs.
  reason: z.string().nullable(),
  reason_body: z.instanceof(Buffer).nullable(),
  by: z.string(),
});

const StoredMark = z.object({ at: z.number(), mark: z.string(), actor: z.string().default('technician') });
/** Something a reader of the report should know; `at` is epoch ms, `actor` a role of the console. */
export type StoredMark = z.infer<typeof StoredMark>;
/** The newest are kept. */
const MOST_MARKS = 200;

/** What was commanded on the console, and by whom. `at` is epoch ms. */
export interface NotedAction {
  seq: number;
  at: number;
  actor: string;
  type: string;
  detail: Record<string, string | number | boolean | null>;
}
const ActionRow = z.object({
  seq: z.number(),
  at: z.number(),
  actor: z.string(),
  type: z.string(),
  detail: z.string(),
});
const Detail = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** Small things that must outlive a restart: settings, PINs, head-counts, the list of actions taken on the console. */
export class SettingsStore {
  readonly #db: Database.Database;
  readonly #damages: Damages;
  readonly #texts: FreeTexts;

  constructor(db: Database.Database, damages: Damages, texts: FreeTexts) {
    this.#db = db;
    this.#damages = damages;
    this.#texts = texts;
  }

  getSetting<T>(key: string, schema: z.ZodType<T>): T | null {
    const raw = preparedValue(this.#db, 'SELECT value FROM setting WHERE key = ?').get(key);
    if (typeof raw !== 'string') return null;
    const value: unknown = this.#damages.attempt<unknown>(
      'setting',
      key,
      () => JSON.parse(raw),
      () => null,
    );
    const parsed = schema.safeParse(value);
    return parsed.success ? parsed.data : null;
  }

  setSetting(key: string, value: unknown): void {
    prepared(
      this.#db,
      'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    ).run(key, JSON.stringify(value));
  }

  removeSetting(key: string): void {
    prepared(this.#db, 'DELETE FROM setting WHERE key = ?').run(key);
  }

  /** A setting that people wrote in words, sealed for its session; null for none, or one that does not open. */
  getSealed<T>(packageId: string, name: string, schema: z.ZodType<T>): T | null {
    const key = `${name}:${packageId}`;
    const sealed = this.getSetting(key, z.base64());
    if (sealed === null) return null;
    const row = { table: 'setting', key, sealed: Buffer.from(sealed, 'base64') };
    const as = { schema: schema.nullable(), instead: null };
    return this.#texts.open(row, { packageId }, TEXT_OF.setting(key), as);
  }

  setSealed(packageId: string, name: string, value: unknown): void {
    const key = `${name}:${packageId}`;
    const sealed = this.#texts.seal({ packageId }, TEXT_OF.setting(key), value);
    this.setSetting(key, sealed?.toString('base64') ?? null);
  }

  getPin(packageId: string, role: 'technician' | 'chair'): StoredPin | null {
    const raw = prepared(this.#db, 'SELECT salt, cost, hash FROM pin WHERE package_id = ? AND role = ?').get(
      packageId,
      role,
    );
    return raw ? PinRow.parse(raw) : null;
  }

  setPin(packageId: string, role: 'technician' | 'chair', pin: StoredPin): void {
    prepared(
      this.#db,
      `INSERT INTO pin (package_id, role, salt, cost, hash) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (package_id, role) DO UPDATE SET salt = excluded.salt, cost = excluded.cost, hash = excluded.hash`,
    ).run(packageId, role, pin.salt, pin.cost, pin.hash);
  }

  getHeadCount(sittingId: string): HeadCount | null {
    const raw = prepared(this.#db, 'SELECT * FROM head_count WHERE sitting_id = ?').get(sittingId);
    if (!raw) return null;
    return this.#damages.attempt(
      'head_count',
      sittingId,
      (): HeadCount | null => this.#toHeadCount(sittingId, HeadCountRow.parse(raw)),
      () => null,
    );
  }

  setHeadCount(sittingId: string, count: HeadCount, at: number): void {
    prepared(
      this.#db,
      `INSERT INTO head_count (sitting_id, counted, reason_body, by, at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (sitting_id) DO UPDATE SET counted = excluded.counted, reason = NULL, reason_body = excluded.reason_body,
           by = excluded.by, at = excluded.at`,
    ).run(
      sittingId,
      count.counted,
      this.#texts.seal({ sittingId }, TEXT_OF.headCountReason(sittingId), count.reason),
      count.by,
      at,
    );
  }

  #toHeadCount(
    sittingId: string,
    { counted, by, reason, reason_body: sealed }: z.infer<typeof HeadCountRow>,
  ): HeadCount {
    if (sealed === null) return { counted, reason, by };
    const row = { table: 'head_count', key: sittingId, sealed };
    const as = { schema: z.string(), instead: `${UNREADABLE} lý do` };
    return { counted, by, reason: this.#texts.open(row, { sittingId }, TEXT_OF.headCountReason(sittingId), as) };
  }

  /** Writes down something that must stand in the reports of this session. */
  addMark(packageId: string, mark: Omit<StoredMark, 'actor'> & { actor?: string }): void {
    const { actor = 'technician' } = mark;
    this.setSetting(`marks:${packageId}`, [...this.listMarks(packageId), { ...mark, actor }].slice(-MOST_MARKS));
  }

  /** Oldest first. */
  listMarks(packageId: string): StoredMark[] {
    return this.getSetting(`marks:${packageId}`, z.array(StoredMark)) ?? [];
  }

  /** Commands from `fromMs` to `toMs`, oldest first. */
  listActionsBetween(fromMs: number, toMs: number): NotedAction[] {
    return this.#toActions(
      prepared(this.#db, 'SELECT * FROM action WHERE at BETWEEN ? AND ? ORDER BY seq').all(
        fromMs,
        Math.min(toMs, Number.MAX_SAFE_INTEGER),
      ),
    );
  }

  /** Commands that name a sitting, whenever they were given, oldest first. */
  listActionsAbout(sittingId: string): NotedAction[] {
    return this.#toActions(
      prepared(
        this.#db,
        "SELECT * FROM action WHERE json_valid(detail) AND detail ->> 'sittingId' = ? ORDER BY seq",
      ).all(sittingId),
    );
  }

  /** A damaged row costs its own line. */
  #toActions(rows: unknown[]): NotedAction[] {
    return rows.flatMap((raw) => {
      const row = ActionRow.safeParse(raw).data;
      const detail = row && Detail.safeParse(parseJson(row.detail)).data;
      return row && detail ? [{ ...row, detail }] : [];
    });
  }

  /** The newest actions of these types, newest first. */
  listActions(types: readonly string[], limit: number): { at: number; actor: string; type: string; detail: unknown }[] {
    const marks = types.map(() => '?').join(', ');
    const rows = prepared(
      this.#db,
      `SELECT seq, at, actor, type, detail FROM action WHERE type IN (${marks}) ORDER BY rowid DESC LIMIT ?`,
    ).all(...types, limit);
    return z
      .array(ActionRow)
      .parse(rows)
      .map(({ detail, ...action }) => ({ ...action, detail: JSON.parse(detail) as unknown }));
  }

  recordAction(
    at: number,
    actor: string,
    type: string,
    detail: Record<string, string | number | boolean | null>,
  ): void {
    prepared(this.#db, 'INSERT INTO action (at, actor, type, detail) VALUES (?, ?, ?, ?)').run(
      at,
      actor,
      type,
      JSON.stringify(detail),
    );
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
