import { expect, test } from 'vitest';
import { ZodError } from 'zod';
import { buildReport } from '../../../electron/core/report/build-report.ts';
import { toReport1 } from '../../../electron/core/report/report-formats.ts';
import { readStoredReport } from '../../../electron/core/store/stored-report.ts';
import { sampleFacts } from '../../support/sample-report.ts';

const base = sampleFacts({ people: 4 });

/** A revision as an older program stored it, with the reason in its one free field. */
const storedWith = (reason: string, author: string) => ({
  ...toReport1(buildReport(base)),
  revision: 2,
  amendment: { reason, author },
});

test('why an older revision was made is said as far as its program knew: a signature, a correction, or nothing', () => {
  const rest = { returnReason: null, previous: [] };
  expect(readStoredReport(storedWith('chair_sign_off', 'Lò Thị Mẩy')).amendment).toEqual({
    cause: 'sign_off',
    reason: null,
    by: { role: 'chair', name: 'Lò Thị Mẩy' },
    ...rest,
  });
  expect(readStoredReport(storedWith('broadcast_returned', 'kiosk')).amendment).toEqual({
    cause: 'not_recorded',
    reason: null,
    by: { role: 'unknown', name: null },
    ...rest,
  });
  expect(readStoredReport(storedWith('Ghi nhầm người', 'Sầm Văn Pá')).amendment).toEqual({
    cause: 'correction',
    reason: 'Ghi nhầm người',
    by: { role: 'unknown', name: 'Sầm Văn Pá' },
    ...rest,
  });
});

test('what is no report is refused', () => {
  expect(() => readStoredReport({ format: 'session-report/1' })).toThrow(ZodError);
  expect(() => readStoredReport(null)).toThrow(ZodError);
});
