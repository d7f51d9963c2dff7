import { readRosterFile } from '../../electron/core/provisioning/roster-file.ts';
import type { RosterColumn, RosterOptions, RosterPreview } from '../../electron/core/provisioning/roster-types.ts';

/** Reading roster files in tests, and what is asked of a preview. */

export const YEAR = 2026;

export async function read(bytes: Uint8Array, options: RosterOptions = {}): Promise<RosterPreview> {
  const result = await readRosterFile(bytes, 'danh-sach.xlsx', { year: YEAR, ...options });
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.value;
}

export async function failure(bytes: Uint8Array, options: RosterOptions = {}): Promise<string> {
  const result = await readRosterFile(bytes, 'danh-sach.xlsx', { year: YEAR, ...options });
  return result.ok ? 'ok' : result.error;
}

/** Processor time: a busy machine must not fail a test that is about work done. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export const names = (preview: RosterPreview): string[] => preview.people.map(({ person }) => person.name);
/** Columns of the first table. */
export const columnsOf = (preview: RosterPreview): RosterColumn[] => preview.sheets[0]?.tables[0]?.columns ?? [];
export const headingOf = (preview: RosterPreview) => preview.sheets[0]?.tables[0]?.heading;
/** Rows that were not understood, with the reason. */
export const unknownRows = (preview: RosterPreview): [number, string][] =>
  preview.sheets.flatMap(({ rows }) =>
    rows.filter(({ kind }) => kind === 'unknown').map(({ row, why }): [number, string] => [row, why]),
  );
export const warned = (preview: RosterPreview, code: string): number[] | undefined =>
  preview.warnings.find((w) => w.code === code)?.rows;
export const unitNames = (preview: RosterPreview): (string | undefined)[] =>
  preview.people.map(({ person }) => preview.units.find((unit) => unit.id === person.unitId)?.name);

/** A list with letters that old fonts write otherwise. */
export const LEGACY = [
  ['STT', 'Họ và tên', 'Ngày sinh', 'Đơn vị'],
  [1, 'Nguyễn Văn Đức', '01/02/1960', 'Chi bộ Thôn Thượng'],
  [2, 'Trần Thị Thuỷ', 1971, 'Chi bộ Trường Tiểu học'],
  [3, 'Đặng Ngọc Ước', 1980, 'Chi bộ Công ty Điện lực'],
] as const;
