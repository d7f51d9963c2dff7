import { expect, test } from 'vitest';
import { hideNumberCodes } from '../../../electron/core/provisioning/roster-codes.ts';
import type { RosterRow } from '../../../electron/core/provisioning/roster-types.ts';

const rowOf = (code: string): RosterRow => ({
  sheet: 'Danh sách',
  row: 2,
  person: { id: code, name: 'Vàng A Sử' },
  hasCode: true,
});
const idOf = (code: string): string | undefined =>
  hideNumberCodes([rowOf(code)], (source) => `made of ${source}`)[0]?.person.id;

// Invented numbers: of somebody born 1985 in province 079, 1990 in 004, 2003 in 001 and 1962 in 096.
test.each([
  ['79085771234', '079085771234'],
  ['4190771234', '004190771234'],
  ['1203771234', '001203771234'],
  ['96162771234', '096162771234'],
  ['79.085.771.234', '079085771234'],
])('a citizen number whose zeros a spreadsheet dropped (%s) is hidden as the number it was', (code, number) => {
  expect(idOf(code)).toBe(`made of code:${number}`);
  expect(idOf(number)).toBe(`made of code:${number}`);
});

test.each([
  '2026010001',
  '20260100001',
  '20250912345',
  '1234567890',
  '9999999999',
  '97085771234',
  '0000000001',
  'DB-77',
])('a code that only counts (%s) stays', (code) => {
  expect(idOf(code)).toBe(code);
});
