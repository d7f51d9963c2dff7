import type { RosterWarning, RosterWarningCode } from './roster-types.ts';

/** Kinds shown; what is beyond is counted in one line. */
const MAX_KINDS = 10;
const MAX_ROWS = 40;

/** The more a kind can cost, the earlier it stands. */
const ORDER: readonly RosterWarningCode[] = [
  'number_twice',
  'number_scientific',
  'number_ignored',
  'same_person',
  'birth_unreadable',
  'birth_year_unlikely',
  'unit_missing',
  'unit_carried_down',
  'name_extras',
  'text_beside',
  'codes_are_numbering',
  'code_twice',
  'cell_error',
  'birth_two_digit_year',
  'age_not_year',
  'name_one_word',
  'name_has_signs',
  'sex_unreadable',
  'party_number_ignored',
  'number_padded',
  'hidden_column',
  'hidden_sheet',
  'column_twice',
  'formula_without_value',
  'text_cut',
];

/** Collects warnings: one entry for each kind, with a count and the first rows. */
export class WarningBook {
  readonly #kinds = new Map<RosterWarningCode, RosterWarning>();

  add(code: RosterWarningCode, row: number | null, params: RosterWarning['params'] = {}): void {
    let kind = this.#kinds.get(code);
    if (!kind) this.#kinds.set(code, (kind = { code, rows: [], count: 0, params }));
    kind.count += 1;
    if (row !== null && kind.rows.length < MAX_ROWS && !kind.rows.includes(row)) kind.rows.push(row);
  }

  list(): RosterWarning[] {
    const all = [...this.#kinds.values()].sort((a, b) => ORDER.indexOf(a.code) - ORDER.indexOf(b.code));
    if (all.length <= MAX_KINDS) return all;
    const rest = all.slice(MAX_KINDS - 1);
    const count = rest.reduce((n, kind) => n + kind.count, 0);
    const rows = [...new Set(rest.flatMap((kind) => kind.rows))].sort((a, b) => a - b).slice(0, MAX_ROWS);
    return [...all.slice(0, MAX_KINDS - 1), { code: 'more', rows, count, params: { kinds: rest.length } }];
  }
}
