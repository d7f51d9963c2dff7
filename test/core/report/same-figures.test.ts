import fc from 'fast-check';
import Papa from 'papaparse';
import readXlsx from 'read-excel-file/node';
import { expect, test } from 'vitest';
import type { Person, PersonStatus } from '../../../electron/contract/attendance.ts';
import { JOSE_TYPE } from '../../../electron/contract/report.ts';
import { buildReport } from '../../../electron/core/report/build-report.ts';
import type { ReportFacts } from '../../../electron/core/report/build-report.ts';
import { renderAttendanceCsv } from '../../../electron/core/report/documents/attendance-csv.ts';
import {
  HEADER_ROW,
  OTHER_HEADER_ROW,
  renderAttendanceXlsx,
} from '../../../electron/core/report/documents/attendance-xlsx.ts';
import { formatCount } from '../../../electron/core/report/documents/format-vi.ts';
import { phoneCode } from '../../../electron/core/report/documents/phone-code.ts';
import { openSealedReport, sealReport } from '../../../electron/core/report/seal.ts';
import { page, textOf } from '../../support/document-pages.ts';
import { readPhoneCode } from '../../support/phone-code-reader.ts';
import { createIntakeKeyPair, makeDevice } from '../../support/province.ts';
import { SITTING_START, sampleFacts, totalsOf } from '../../support/sample-report.ts';

const device = makeDevice();
const province = createIntakeKeyPair();

const here = ['present', 'late', 'left_early'] as const;
const names = fc.oneof(
  fc.constantFrom(
    '=HYPERLINK("http://x","y")',
    '+84 900',
    '-1',
    '@SUM(A1)',
    'Nguyễn; Văn, "Thử"',
    "D'Ví Dụ",
    'Y Blŏ Mẫu',
    ' Lê  Thị ',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 24 }).filter((s) => !/\p{C}/u.test(s) && s.trim() !== ''),
);

/** Any sitting: any mixture of people, and their totals counted independently of the documents. */
const sittings = fc
  .array(
    fc.record({
      name: names,
      kind: fc.constantFrom<Person['kind']>(
        'summoned',
        'summoned',
        'summoned',
        'walk_in',
        'guest',
        'substitute',
        'supervisor',
      ),
      status: fc.constantFrom<PersonStatus['status']>(
        'present',
        'late',
        'left_early',
        'absent_excused',
        'absent_unexcused',
        'substituted',
        'awaited',
      ),
      unit: fc.integer({ min: 0, max: 4 }),
      reason: fc.option(names, { nil: null }),
    }),
    { maxLength: 60 },
  )
  .map((drawn): ReportFacts => {
    const base = sampleFacts({ people: 0, keyId: device.kid });
    const people = drawn.map((d, i): Person => ({
      ...base.people[0]!,
      id: `p${i}`,
      name: d.name,
      kind: d.kind,
      unitId: `u${d.unit}`,
      unitName: `Chi bộ ${d.unit}`,
      substituteFor: null,
    }));
    const statuses = drawn.map((d, i): PersonStatus => {
      const came = (here as readonly string[]).includes(d.status);
      return {
        personId: `p${i}`,
        status: d.status,
        arrivedAt: came ? SITTING_START : null,
        lateMinutes: d.status === 'late' ? 12 : 0,
        leftAt: null,
        method: came ? 'search' : null,
        reason: d.reason,
        substitutedBy: null,
        confirmed: [],
      };
    });
    const units = [0, 1, 2, 3, 4].map((u) => ({
      unitId: `u${u}`,
      unitName: `Chi bộ ${u}`,
      ...totalsOf(
        people.filter((p) => p.unitId === `u${u}`),
        statuses,
      ),
    }));
    return { ...base, people, statuses, units, totals: totalsOf(people, statuses) };
  });

const unescape = (cell: unknown): unknown => (typeof cell === 'string' ? cell.replace(/^'(?=[=+\-@\t\r])/, '') : cell);

test('totals and people are the same in the sealed report, the page, the workbook, the text file and the telephone code', async () => {
  await fc.assert(
    fc.asyncProperty(sittings, async (facts) => {
      const report = buildReport(facts);
      const { totals: t } = report;

      const sealed = await sealReport(report, {
        deviceKey: device,
        provinceKey: province.publicJwk,
        format: 'session-report/2',
      });
      const opened = await openSealedReport(sealed.bytes, province.privateKey, { expectTyp: JOSE_TYPE.report });
      expect(opened.ok && opened.value.report).toEqual(report);
      expect(t.absentUnexcused).toBe(facts.totals.absentUnexcused + facts.totals.awaited);

      const line = [
        t.summoned,
        t.present,
        t.onTime,
        t.late,
        t.leftEarly,
        t.absentExcused,
        t.absentUnexcused,
        t.substituted,
      ]
        .map(formatCount)
        .join(' ');
      expect(textOf(page(report))).toContain(` ${line} `);

      const [list, byUnit] = await readXlsx(Buffer.from(await renderAttendanceXlsx(report)));
      const rows = list!.data.slice(HEADER_ROW, HEADER_ROW + report.people.length);
      const byName = (list: readonly unknown[]) => list.map(String).toSorted();
      expect(byName(rows.map((row) => unescape(row[1])))).toEqual(byName(report.people.map((p) => p.name.trim())));
      // Times and rates are numbers that a spreadsheet can reckon with.
      expect(rows.every((row) => row[6] === null || row[6] instanceof Date || typeof row[6] === 'number')).toBe(true);
      const rates = byUnit!.data.slice(OTHER_HEADER_ROW).map((row) => row[9]);
      expect(rates.every((rate) => rate === '–' || typeof rate === 'number')).toBe(true);
      const sum = byUnit!.data.at(-1)!.slice(2, 9);
      const { summoned: all, present: came, late: tardy, leftEarly: gone } = t;
      expect(sum).toEqual([all, came, tardy, gone, t.absentExcused, t.absentUnexcused, t.substituted]);
      expect(byUnit!.data.slice(OTHER_HEADER_ROW, -1).map((row) => row.slice(2, 4))).toEqual(
        report.units.map((u) => [u.summoned, u.present]),
      );

      const csv = Buffer.from(renderAttendanceCsv(report)).toString('utf8');
      expect(csv.charCodeAt(0)).toBe(0xfeff);
      const { data, errors } = Papa.parse<string[]>(csv.slice(1), {
        delimiter: ',',
        newline: '\r\n',
        skipEmptyLines: true,
      });
      expect(errors).toEqual([]);
      const lines = data.slice(1);
      expect(byName(lines.map((row) => unescape(row[1])))).toEqual(byName(report.people.map((p) => p.name)));
      expect(lines.map((row) => row[1]!.trim())).toEqual(rows.map((row) => String(row[1])));
      // Who was summoned stands first.
      const count = report.people.filter((p) => p.kind === 'summoned').length;
      const summoned = lines.slice(0, count).map((row) => row[5]!);
      expect(summoned.filter((s) => s.startsWith('Vắng không lý do'))).toHaveLength(t.absentUnexcused);
      expect(summoned.filter((s) => s.startsWith('Vắng có lý do'))).toHaveLength(t.absentExcused);
      expect(summoned.filter((s) => s === 'Có người dự thay')).toHaveLength(t.substituted);
      expect(summoned.filter((s) => !/^(Vắng|Có người dự thay)/.test(s))).toHaveLength(t.present);
      const wanted = `triệu tập ${formatCount(t.summoned)}; có mặt ${formatCount(t.present)}; đến muộn ${formatCount(t.late)};`;
      expect(list!.data[HEADER_ROW + report.people.length]![0]).toContain(wanted);
      for (const cell of [...lines.flat(), ...rows.flat()])
        expect(typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell)).toBe(false);

      const { late, leftEarly, absentExcused, absentUnexcused, substituted, present } = t;
      expect(readPhoneCode(phoneCode(report))).toEqual({
        ok: true,
        value: {
          revision: 1,
          summoned: t.summoned,
          present,
          late,
          leftEarly,
          absentExcused,
          absentUnexcused,
          substituted,
          outside: t.came - present,
        },
      });
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('a telephone code with one digit wrong, two digits swapped, one left out or a dash moved is noticed', () => {
  const code = phoneCode(buildReport(sampleFacts({ people: 300 })));
  const wrong = new Set<string>();
  for (let i = 0; i < code.length; i += 1) {
    const [head, at, next, tail] = [code.slice(0, i), code.charAt(i), code.charAt(i + 1), code.slice(i + 2)];
    if (at !== '-') for (const digit of '0123456789') wrong.add(head + digit + next + tail);
    wrong.add(head + next + at + tail);
    wrong.add(head + next + tail);
  }
  wrong.delete(code);
  expect(wrong.size).toBeGreaterThan(150);
  expect([...wrong].filter((c) => readPhoneCode(c).ok)).toEqual([]);
  expect(readPhoneCode(`  ${code.replaceAll('-', ' . ')} `)).toEqual(readPhoneCode(code));
  expect(readPhoneCode('xin chào')).toEqual({ ok: false, error: 'not_a_code' });
});
