import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { CAUSES } from '../../electron/shared/causes.ts';
import { StreamLack } from '../../electron/contract/broadcast.ts';
import { en } from '../../renderer/i18n/en.ts';
import { vi } from '../../renderer/i18n/vi.ts';

type Tree = { readonly [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flatten(value, `${prefix}${key}.`),
  );
}

const RENDERER = path.resolve(import.meta.dirname, '../../renderer');
const sources = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.tsx?$/u.test(file) && !/^i18n.(vi|en)(-\w+)?\.ts$/u.test(file),
);

test('every Vietnamese text is composed, trimmed and not empty', () => {
  const wrong = flatten(vi).filter(([, text]) => text === '' || text !== text.normalize('NFC').trim());
  expect(wrong).toEqual([]);
});

test('English fills in nothing that Vietnamese does not', () => {
  const names = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/gu)].map((m) => m[1] ?? '');
  const vietnamese = new Map(flatten(vi));
  const unknown = flatten(en).flatMap(([key, text]) => {
    const known = names(vietnamese.get(key) ?? '');
    return names(text).flatMap((name) => (known.includes(name) ? [] : [`${key}: ${name}`]));
  });
  expect(unknown).toEqual([]);
});

test('every lack of a stream that the core can name has words in both languages, and no words are left over', () => {
  for (const { lacks } of [vi.console.source, en.console.source])
    expect(Object.keys(lacks)).toEqual(StreamLack.options);
});

test('every cause of the table has a sentence and a next step in both languages', () => {
  for (const { says, next } of [vi.causes, en.causes]) {
    expect(Object.keys(says)).toEqual(Object.keys(CAUSES));
    expect(Object.keys(next)).toEqual(Object.keys(CAUSES));
  }
});

test('no component writes its own Vietnamese words', () => {
  const marked = /[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/iu;
  const found = sources.flatMap((file) => {
    const code = readFileSync(path.join(RENDERER, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gmu, '');
    return code.split('\n').flatMap((line) => (marked.test(line) ? [`${file}: ${line}`] : []));
  });
  expect(found).toEqual([]);
});

test('every text is used somewhere', () => {
  const code = sources.map((file) => readFileSync(path.join(RENDERER, file), 'utf8')).join('\n');
  const unused = flatten(vi)
    .map(([key]) => key)
    .filter((key) => {
      if (code.includes(`'${key}'`)) return false;
      // Keys chosen by a code: `console.state.${…}`.
      const parent = key.slice(0, key.lastIndexOf('.'));
      return !code.includes(`\`${parent}.\${`) && !code.includes(`'${parent}.${key.split('.').at(-1)}'`);
    });
  expect(unused).toEqual([]);
});
