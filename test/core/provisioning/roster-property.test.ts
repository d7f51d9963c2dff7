import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RosterPerson } from '../../../electron/contract/session-package.ts';
import { readRosterFile } from '../../../electron/core/provisioning/roster-file.ts';
import { RosterReader } from '../../../electron/core/provisioning/roster-reader.ts';
import { ROW_KINDS } from '../../../electron/core/provisioning/roster-types.ts';
import { bigRoster, utf8, xlsx } from '../../fixtures/rosters/files.ts';
import { createDice, inventPerson } from '../../fixtures/rosters/invented-names.ts';

/** Cells of rosters and of anything else, mixed without plan. */
const dice = createDice(7);
const NAMES = Array.from({ length: 60 }, () => inventPerson(dice).name);
const cell = fc.oneof(
  fc.constant(null),
  fc.constantFrom(...NAMES),
  fc.constantFrom(
    'STT',
    'Họ và tên',
    'Năm sinh',
    'Đơn vị',
    'Chức vụ',
    'Số CCCD',
    'Nam',
    'Nữ',
    'Ghi chú',
    'Họ đệm',
    'Tên',
  ),
  fc.constantFrom(
    'Chi bộ 1',
    'Thôn Hạ',
    'KHÁCH MỜI',
    'Bí thư',
    'Tổng cộng: 3',
    'Người lập biểu',
    '-nt-',
    '"',
    '#N/A',
    '(1)',
    'I',
    '1.1',
    'x',
  ),
  fc.integer({ min: 0, max: 2_100 }),
  fc.constantFrom('12/03/1962', "'72", '001162000001', 1162000001, 25064000666.4),
  fc.string({ maxLength: 12 }),
);
const sheet = fc.record({
  rows: fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 25 }),
  merges: fc.array(fc.tuple(fc.nat({ max: 20 }), fc.nat({ max: 6 }), fc.nat({ max: 3 }), fc.nat({ max: 3 })), {
    maxLength: 3,
  }),
  hidden: fc.array(fc.nat({ max: 20 }), { maxLength: 3 }),
});

test('property: every row that has text is accounted for once, and nobody is made of what the preview does not show', async () => {
  await fc.assert(
    fc.asyncProperty(sheet, async ({ rows, merges, hidden }) => {
      // Merges that overlap are no sheet a spreadsheet program would write.
      const apart = merges
        .filter(
          ([row, column, down, right]) =>
            down + right > 0 &&
            merges.every((other) =>
              other[0] === row && other[1] === column
                ? true
                : other[0] > row + down ||
                  row > other[0] + other[2] ||
                  other[1] > column + right ||
                  column > other[1] + other[3],
            ),
        )
        .slice(0, 1)
        .map(([startRow, startCol, down, right]) => ({
          startRow,
          startCol,
          endRow: startRow + down,
          endCol: startCol + right,
        }));
      const bytes = await xlsx(rows, {
        merges: apart,
        rowDefs: new Map(hidden.map((row): [number, { hidden: boolean }] => [row, { hidden: true }])),
      });
      const read = await readRosterFile(bytes, 'a.xlsx', { year: 2026 });
      if (!read.ok) throw new Error(read.error);
      const { value } = read;
      const [only] = value.sheets;
      const listed = new Set(only?.rows.map(({ row }) => row));
      expect(listed.size).toBe(only?.rows.length ?? 0);
      rows.forEach((row, i) => {
        const covered = apart.some((m) => i >= m.startRow && i <= m.endRow);
        const hasText = row.some((value) => value !== null && /[^\s\p{Cf}]/u.test(String(value)));
        if (!covered) expect([i + 1, listed.has(i + 1)]).toEqual([i + 1, hasText]);
      });
      const counted = ROW_KINDS.reduce((sum, kind) => sum + value.counts[kind], 0);
      expect(counted).toBe(only?.rows.length ?? 0);
      for (const { row, person } of value.people) {
        expect(RosterPerson.safeParse({ ...person, id: 'x' }).success).toBe(true);
        expect(only?.rows.find((one) => one.row === row)?.kind).toBe('person');
        const shown = (only?.cells[row - 1] ?? []).join(' ').toLowerCase().replaceAll(/["“”]/gu, '');
        for (const word of person.name.toLowerCase().split(' '))
          expect(shown).toContain(word.replaceAll(/["“”]/gu, ''));
        if (person.birthYear !== undefined) expect(shown.length).toBeGreaterThan(person.name.length - 1);
      }
    }),
    { numRuns: 400 },
  );
}, 120_000);

test('property: people in a plain list are all read, whatever their names, numbers and units', async () => {
  const unit = fc.constantFrom('Chi bộ 1', 'Thôn Hạ', 'Thôn Hà', 'Kỹ thuật', 'Tổng hợp', 'Kỳ Sơn', '');
  const person = fc.tuple(
    fc.constantFrom(...NAMES, 'Kỳ Thị Hoa', 'Tống Công Minh', 'Tổng Văn Sơn', 'Ban Thị Lành'),
    fc.integer({ min: 1930, max: 2005 }),
    unit,
  );
  await fc.assert(
    fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 30 }), fc.boolean(), async (people, isNumbered) => {
      const head = ['Họ và tên', 'Năm sinh', 'Đơn vị'];
      const rows = people.map(([name, year, of]) => [name, year, of === '' ? null : of]);
      const bytes = await xlsx(
        isNumbered ? [['STT', ...head], ...rows.map((row, i) => [i + 1, ...row])] : [head, ...rows],
      );
      const read = await readRosterFile(bytes, 'a.xlsx', { year: 2026, similarUnits: 'apart' });
      if (!read.ok) throw new Error(read.error);
      expect(read.value.people.map(({ person: one }) => [one.name, one.birthYear])).toEqual(
        people.map(([name, year]) => [name, year]),
      );
    }),
    { numRuns: 150 },
  );
}, 60_000);

test('files are read on a thread of their own: the core goes on, a newer reading ends the older, and time is limited', async () => {
  const reader = new RosterReader();
  const big = { bytes: await xlsx(bigRoster(1_500)), name: 'big.xlsx' };
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  const first = reader.read([big], { year: 2026 });
  const second = reader.read([{ bytes: utf8('STT,Họ và tên\n1,Lê Văn An\n'), name: 'a.csv' }], { year: 2026 });
  expect(await first).toEqual({ ok: false, error: 'replaced' });
  const read = await second;
  clearInterval(timer);
  expect(read.ok && read.value.people.map(({ person }) => person.name)).toEqual(['Lê Văn An']);
  expect(turns).toBeGreaterThan(1);
  const hasty = new RosterReader({ maxMs: 1 });
  expect(await hasty.read([big], { year: 2026 })).toEqual({ ok: false, error: 'reader_stopped' });
  // Nothing is left running.
  reader.stop();
}, 60_000);

test('64 kB of quotes, and other files that go against the grain, cost no more than plain ones', async () => {
  const spent = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  const files = [
    '"'.repeat(64 * 1024),
    '",'.repeat(32 * 1024),
    '"\n'.repeat(32 * 1024),
    `"${'a,b\n'.repeat(16_000)}`,
    ';'.repeat(64 * 1024),
  ];
  for (const text of files) {
    const begun = spent();
    await readRosterFile(utf8(`STT,Họ và tên\n${text}`), 'a.csv', { year: 2026 });
    expect(spent() - begun).toBeLessThan(1_500);
  }
}, 60_000);
