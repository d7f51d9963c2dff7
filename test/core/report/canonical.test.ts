import { expect, test } from 'vitest';
import { Name, Text } from '../../../electron/contract/common.ts';
import { canonicalBytes } from '../../../electron/core/report/canonical.ts';
import { cleanText } from '../../../electron/shared/names.ts';

test('what older programs stored with half a character in it can be sealed', () => {
  const bytes = canonicalBytes({ b: 'Tốt \ud83d', a: ['\udc00'] });
  expect(Buffer.from(bytes).toString('utf8')).toBe('{"a":["\ufffd"],"b":"Tốt \ufffd"}');
});

test('no half character comes in by a package, a form or a roster', () => {
  expect([Name.parse('A \ud83d'), Text.parse('B\udc00'), cleanText('C\ud800')]).toEqual([
    'A \ufffd',
    'B\ufffd',
    'C\ufffd',
  ]);
});
