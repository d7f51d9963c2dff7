import { readSheet } from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { buildReport } from '../../../electron/core/report/build-report.ts';
import { renderListNowXlsx } from '../../../electron/core/report/documents/list-now.ts';
import { unpack } from '../../fixtures/rosters/zips.ts';
import { sampleFacts, SITTING_START } from '../../support/sample-report.ts';

test('the list of the moment is a workbook like the sealed one: times are numbers, unit by unit, headed and numbered', async () => {
  const report = buildReport(sampleFacts({ people: 12 }));
  const bytes = await renderListNowXlsx({ report, isRunning: true, at: SITTING_START });
  const sheet = unpack(bytes)
    .find(({ name }) => name === 'xl/worksheets/sheet1.xml')!
    .content.toString('utf8');
  expect(sheet).toContain('Trang &amp;P/&amp;N');
  expect(sheet).toMatch(/<row r="5"[^>]* ht="33"/u);
  const rows = await readSheet(Buffer.from(bytes));
  const people = rows.slice(5);
  expect(people.map(([number]) => number)).toEqual(people.map((_, i) => i + 1));
  const units = people.map(([, , , , unit]) => unit).filter((unit, i, all) => unit !== all[i - 1]);
  const summoned = report.people.filter(({ kind }) => kind === 'summoned').length;
  expect(new Set(people.slice(0, summoned).map(([, , , , unit]) => unit)).size).toBe(5);
  expect(units.length).toBeLessThanOrEqual(5 + 4);
  // 07:10 in parts of a day.
  const times = people.map((row) => row[5]).filter((time) => time !== null);
  expect(times.length).toBeGreaterThan(6);
  expect(times.every((time) => typeof time === 'number' || time instanceof Date)).toBe(true);
});
