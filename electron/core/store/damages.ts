import { diskFaultOf } from './sqlite-errors.ts';

/** A place in the records that cannot be trusted. It is left as it is; everything else goes on. */
export interface Damage {
  table: string;
  /** Which row: its id or number, never a name. Empty when only the table is known. */
  key: string;
  /**
   * row: cannot be opened or read · differs: what is in clear says something else than what is encrypted · contents:
   * the table is not as it was when the records were closed · index: was wrong and is built again from its table.
   */
  what: 'row' | 'differs' | 'contents' | 'index';
}

/** What was found damaged since the records were opened; each place once. */
export class Damages {
  readonly #found = new Map<string, Damage>();

  constructor(found: readonly Damage[] = []) {
    for (const damage of found) this.note(damage.table, damage.key, damage.what);
  }

  note(table: string, key: string, what: Damage['what'] = 'row'): void {
    this.#found.set(`${table}/${key}/${what}`, { table, key, what });
  }

  /**
   * What `read` answers; when it throws, the place is noted and the answer is `instead`. A fault of the disk says nothing of the place,
   * and is thrown.
   */
  attempt<T>(table: string, key: string, read: () => T, instead: () => T): T {
    try {
      return read();
    } catch (cause) {
      if (diskFaultOf(cause) !== null) throw cause;
      this.note(table, key);
      return instead();
    }
  }

  /** Reads rows; those that cannot be read are noted by `keyOf` and left out. */
  readEach<T>(table: string, keyOf: string, rows: readonly unknown[], read: (raw: unknown) => T): T[] {
    return rows.flatMap((raw) =>
      this.attempt<T[]>(
        table,
        keyIn(raw, keyOf),
        () => [read(raw)],
        () => [],
      ),
    );
  }

  /** The row was found unreadable. */
  has(table: string, key: string): boolean {
    return this.#found.has(`${table}/${key}/row`);
  }

  list(): Damage[] {
    return [...this.#found.values()];
  }
}

function keyIn(raw: unknown, column: string): string {
  const key: unknown = typeof raw === 'object' && raw !== null ? Reflect.get(raw, column) : null;
  return typeof key === 'string' || typeof key === 'number' ? String(key) : '';
}
