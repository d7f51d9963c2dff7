import { expect, test } from 'vitest';
import type { ReportView } from '../../electron/contract/api-report.ts';
import { proposesRevision } from '../../renderer/console/proposes-revision.ts';

const signOff = { name: 'Lò Văn Ới', position: 'Bí thư' } as NonNullable<ReportView['signOff']>;
const none = { signOff: null, remarks: null };
const same = { name: 'Lò Văn Ới', position: 'Bí thư', remarks: '' };

test('the first confirmation of a sealed report goes into another revision', () => {
  expect(proposesRevision({ signOff: null, remarks: null, pending: none }, same)).toBe(true);
});

test('the same confirmation again makes no further revision', () => {
  expect(proposesRevision({ signOff, remarks: null, pending: none }, same)).toBe(false);
  expect(proposesRevision({ signOff, remarks: null, pending: none }, { ...same, name: ' Lò Văn Ới ' })).toBe(false);
});

test.each([{ name: 'Cà Thị Ban' }, { position: 'Chủ tịch' }, { remarks: 'Đã bổ sung' }])(
  'what was not confirmed before does: %o',
  (change) => {
    expect(proposesRevision({ signOff, remarks: null, pending: none }, { ...same, ...change })).toBe(true);
  },
);

test('a confirmation that waits for a revision does', () => {
  expect(proposesRevision({ signOff, remarks: null, pending: { signOff, remarks: null } }, same)).toBe(true);
});
