import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeSecret, readCode, writeCode } from '../../../electron/core/access/recovery-code.ts';

test('a code is nine groups of six digits, holds 128 bits, and is read however it is typed', () => {
  for (let i = 0; i < 200; i += 1) {
    const secret = makeSecret();
    const code = writeCode(secret);
    expect(secret).toHaveLength(16);
    expect(code).toMatch(/^(\d{6}-){8}\d{6}$/);
    for (const typed of [code, code.replaceAll('-', ' '), ` ${code.replaceAll('-', '')}\n`])
      expect(readCode(typed)).toEqual({ ok: true, secret });
  }
});

test('one wrong digit, and two that changed places, are found in their group', () => {
  let tried = 0;
  for (let round = 0; round < 40; round += 1) {
    const digits = writeCode(makeSecret()).replaceAll('-', '');
    for (let at = 0; at < digits.length; at += 1) {
      const other = String((Number(digits[at]) + 1 + randomInt(9)) % 10);
      const slip = digits.slice(0, at) + other + digits.slice(at + 1);
      expect(readCode(slip)).toEqual({ ok: false, error: 'wrong_group', group: Math.floor(at / 6) + 1 });
      if (at % 6 === 5 || digits[at] === digits[at + 1]) continue;
      const swapped = digits.slice(0, at) + digits[at + 1]! + digits[at]! + digits.slice(at + 2);
      expect(readCode(swapped).ok).toBe(false);
      tried += 1;
    }
  }
  expect(tried).toBeGreaterThan(1_000);
});

test('groups in another order are found, and a code that is too short says by how much', () => {
  const groups = writeCode(Buffer.from('00112233445566778899aabbccddeeff', 'hex')).split('-');
  const swapped = [groups[1], groups[0], ...groups.slice(2)].join('-');
  expect(readCode(swapped)).toEqual({ ok: false, error: 'wrong_check' });
  expect(readCode(groups.slice(1).join('-'))).toEqual({ ok: false, error: 'wrong_length', digits: 48, wanted: 54 });
});
