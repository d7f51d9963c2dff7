import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { FieldCipher } from '../../../electron/core/store/field-cipher.ts';
import { openRow, sealRow, type JournalRecord } from '../../../electron/core/store/journal-record.ts';

const cipher = new FieldCipher(randomBytes(32));
const change = { table: 'report', seq: 7 };
const recordOf = (sealed: Buffer): JournalRecord => ({
  ...change,
  op: 'put',
  proof: Buffer.alloc(80),
  generation: 1,
  session: null,
  sealed,
});

test('a row comes back from the journal with each cell of its kind, and its blobs cost their own size', () => {
  const cells = {
    id: 'Báo cáo 1',
    revision: 2,
    sealed: randomBytes(100_000),
    payload: randomBytes(3),
    none: Buffer.alloc(0),
  };
  const sealed = sealRow(cipher, change, { ...cells, left: null });
  expect(openRow(cipher, recordOf(sealed))).toEqual(cells);
  expect(sealed.length).toBeLessThan(100_000 + 300);
});

test('a row that an older program wrote, all as text, is read as before', () => {
  const sealed = cipher.seal(`journal:${change.table}:${change.seq}`, [
    ['id', 'Báo cáo 1'],
    ['revision', 2],
    ['sealed', { bytes: Buffer.from([1, 2, 3]).toString('base64') }],
  ]);
  expect(openRow(cipher, recordOf(sealed))).toEqual({ id: 'Báo cáo 1', revision: 2, sealed: Buffer.from([1, 2, 3]) });
});

test('a row does not open at another place', () => {
  const sealed = sealRow(cipher, change, { id: 'a' });
  expect(() => openRow(cipher, { ...recordOf(sealed), seq: 8 })).toThrow(/\S/u);
});
