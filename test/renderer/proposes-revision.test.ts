import { expect, test } from 'vitest';
import type { ReportView } from '../../electron/contract/api-report.ts';
import { proposesRevision } from '../../renderer/console/proposes-revision.ts';

const signOff: NonNullable<ReportView['signOff']> = { name: 'Lò Văn Ới', position: 'Bí thư', at: 0, role: 'chair' };
const none = { signOff: null, remarks: null };
const same = { name: 'Lò Văn Ới', position: 'Bí thư', remarks: '' };

test('the first confirmation of a sealed report goes into another revision', () => {
  expect(proposesRevision({ signOff: null, remarks: null, pending: none, signOffPin: 'chair' }, same)).toBe(true);
});

test('the same confirmation again makes no further revision', () => {
  expect(proposesRevision({ signOff, remarks: null, pending: none, signOffPin: 'chair' }, same)).toBe(false);
  expect(
    proposesRevision({ signOff, remarks: null, pending: none, signOffPin: 'chair' }, { ...same, name: ' Lò Văn Ới ' }),
  ).toBe(false);
});

test.each([{ name: 'Cà Thị Ban' }, { position: 'Chủ tịch' }, { remarks: 'Đã bổ sung' }])(
  'what was not confirmed before does: %o',
  (change) => {
    expect(
      proposesRevision({ signOff, remarks: null, pending: none, signOffPin: 'chair' }, { ...same, ...change }),
    ).toBe(true);
  },
);

test('a confirmation that waits for a revision does', () => {
  expect(
    proposesRevision({ signOff, remarks: null, pending: { signOff, remarks: null }, signOffPin: 'chair' }, same),
  ).toBe(true);
});

test('the chair’s PIN after the technician’s does, and what an older program did not note does not', () => {
  const report = { remarks: null, pending: none, signOffPin: 'chair' as const };
  expect(proposesRevision({ ...report, signOff: { ...signOff, role: 'technician' } }, same)).toBe(true);
  expect(proposesRevision({ ...report, signOff: { ...signOff, role: null } }, same)).toBe(false);
});
