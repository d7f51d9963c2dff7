import { expect, test } from 'vitest';
import { describeError, describePageFault } from '../../electron/log/error-text.ts';

const frame = (text: string) => text.includes('error-text.test.ts');

test('an error keeps its class, code, stack and causes', () => {
  const cause = Object.assign(new TypeError('x is not a function'), { code: 'ERR_X' });
  const text = describeError(new Error('sealing failed', { cause }), '/home/nobody');
  expect(text).toContain('Error: sealing failed');
  expect(text).toContain('caused by TypeError: x is not a function');
  expect(text).toContain('(ERR_X)');
  expect(frame(text)).toBe(true);
});

test('what may be a name or a number of somebody does not reach the log, in whatever way a message repeats it', () => {
  const invented = ['Nguyễn Văn Mẫu', 'Trần Thị Ước', 'Lê Đình Ân', 'Nguyen Van Mau', '001099012345', '0912 345 678'];
  for (const name of invented) {
    for (const message of [
      `no person ${name} in the roster`,
      `Unexpected token 'N', "${name}" is not valid JSON`,
      `${name}: refused`,
      `could not read '${name}`,
      `row 12 (${name}) differs`,
      `one\n${name}\ntwo`,
    ]) {
      const text = describeError(new Error(message), '/home/nobody').normalize('NFC');
      for (const part of name.split(' ').filter((p) => p.length > 2))
        expect({ message, text, has: text.includes(part) }).toMatchObject({ has: false });
      expect(frame(text)).toBe(true);
    }
    const decomposed = describePageFault(`[kiosk-fault] uncaught Error: ${name.normalize('NFD')}\n    at f (a.js:1:2)`);
    expect(decomposed).not.toContain(name.split(' ')[0]);
    expect(decomposed).toContain('at f (a.js:1:2)');
  }
  // The control: plain words of a fault stay.
  expect(describeError(new Error('the disk is full'), '/home/nobody')).toContain('the disk is full');
});

test('the folder of a user is not told, and a text without end is cut', () => {
  const error = new Error('cannot open /home/lan/data/kiosk.db');
  expect(describeError(error, '/home/lan')).toContain('cannot open ~/data/kiosk.db');
  const from = performance.now();
  expect(describeError('Đ'.repeat(1_000_000), '/x').length).toBeLessThanOrEqual(4_000);
  expect(describeError(`${'A'.repeat(200_000)} ${'1'.repeat(200_000)}`, '/x').length).toBeLessThanOrEqual(4_000);
  expect(performance.now() - from).toBeLessThan(500);
});
