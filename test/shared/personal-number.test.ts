import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { isPersonalNumber } from '../../electron/shared/personal-number.ts';

// Invented numbers.
test.each([
  '001090000001',
  '096299123456',
  '001.090.000.001',
  '001-090-000001',
  'CCCD-001090000001',
  'cccd001090000001',
  'DV_001090000001',
  'db001090000001x',
  '012345678',
  '385123456',
  'CMND-012345678',
  'so.cmnd_012345678',
  '0912345678',
  '0912.345.678',
  '84912345678',
  'sdt0912345678',
  'tel-02412345678',
])('%s is a number of a person', (id) => {
  expect(isPersonalNumber(id)).toBe(true);
});

test.each([
  'p0001',
  'p1',
  'DB-0001',
  '1',
  '000123',
  '12345678',
  '20260001',
  '2026-11-27-001',
  '000000000001',
  '097090000001',
  '987654321',
  '999999999',
  '1234567890',
  'hn-2026.0001.0012',
  'f-0123456789abcdef01234567',
  'row-12',
  'PX-001-2026-000123',
  '7f2c1a10-0000-4000-8000-000000000001',
])('%s is none', (id) => {
  expect(isPersonalNumber(id)).toBe(false);
});

test('an id that holds a number of the same person is one, whatever its form', () => {
  expect(isPersonalNumber('x12.345678', ['12345678'])).toBe(true);
  expect(isPersonalNumber('hn12345678', [undefined, '12345678'])).toBe(true);
  expect(isPersonalNumber('hn12345679', [undefined, '12345678', ''])).toBe(false);
});

test('random ids of other programs are hardly ever taken for one', () => {
  const ids = Array.from({ length: 20_000 }, () => [
    randomUUID(),
    randomBytes(12).toString('hex'),
    randomBytes(6).toString('hex'),
    `f-${randomBytes(12).toString('hex')}`,
  ]).flat();
  expect(ids.filter((id) => isPersonalNumber(id)).length).toBeLessThan(20);
});
