import { expect, test } from 'vitest';
import { hasText } from '../../renderer/i18n/has-text.ts';
import { vi } from '../../renderer/i18n/vi.ts';

test('only a code that has words of its own has a text; what every object has and "other" are none', () => {
  const { fileFault } = vi.people;
  const codes = Object.keys(fileFault);
  expect(codes).toContain('other');
  expect(codes.filter((code) => hasText(fileFault, code))).toEqual(codes.filter((code) => code !== 'other'));
  expect(['toString', 'constructor', '__proto__', '', 'newer_than_us'].filter((c) => hasText(fileFault, c))).toEqual(
    [],
  );
});
