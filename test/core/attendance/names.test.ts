import { expect, test } from 'vitest';
import {
  cleanText,
  compareNames,
  fold,
  givenNameOf,
  parseWord,
  sortKeyOf,
  splitWords,
} from '../../../electron/shared/names.ts';

test('folding makes spellings of one name agree, đ and its look-alikes included', () => {
  const folds = [
    'Đặng Thị Thuỷ',
    'ĐẶNG THỊ THỦY',
    'Ðặng  Thị Thủy',
    'Ɖặng\u00a0Thị\tThủy',
    'đặng thị thuỷ'.normalize('NFD'),
  ];
  for (const name of folds) expect(fold(name)).toBe('dang thi thuy');
  expect(fold('Hoà')).toBe(fold('Hòa'));
});

test('a word keeps its shape and tone apart, wherever the tone was written', () => {
  expect(parseWord('Hoà')).toEqual(parseWord('Hòa'));
  expect(parseWord('Thuỷ')).toEqual(parseWord('Thủy'.normalize('NFD')));
  expect(parseWord('Nguyễn')).toEqual({ folded: 'nguyen', shape: 'nguyên', tone: '\u0303' });
  expect(parseWord('Ðức')).toEqual({ folded: 'duc', shape: 'đưc', tone: '\u0301' });
});

test('shape and folded have the same length for every word, so they can be compared letter by letter', () => {
  for (const word of splitWords('H’Hen Niê Y-Moan Êban Ƀrơ Straße İbrahim Ｎｇｕｙễｎ ﬁ 𝒜n Ǖ ộ'))
    expect(word.shape.length).toBe(word.folded.length);
});

test('punctuation and invisible characters separate or vanish', () => {
  expect(splitWords("H'Hen  Niê (Bí-thư)\u200b").map((w) => w.folded)).toEqual(['h', 'hen', 'nie', 'bi', 'thu']);
  expect(cleanText('  Nguyễn\u00a0 Văn\u200b\tAn ')).toBe('Nguyễn Văn An');
  expect(cleanText('Nguyễn'.normalize('NFD'))).toBe('Nguyễn'.normalize('NFC'));
});

test('the given name is the last word', () => {
  expect(givenNameOf('Nguyễn Thị  Minh Khai ')).toBe('Khai');
  expect(givenNameOf('')).toBe('');
});

test('names are ordered by given name with Vietnamese letters, as the collator orders words', () => {
  const given = ['Đức', 'Đan', 'Dũng', 'Ân', 'Ăn', 'Ánh', 'An', 'Oanh', 'Ơn', 'Ô', 'Uyên', 'Ước', 'Êm', 'Em', 'Yến'];
  const collator = new Intl.Collator('vi');
  expect([...given].sort(compareNames)).toEqual([...given].sort(collator.compare));
  const tones = ['mạ', 'mã', 'mả', 'má', 'mà', 'ma'];
  expect([...tones].sort(compareNames)).toEqual([...tones].sort(collator.compare));
});

test('equal given names are ordered by family name, then by the middle', () => {
  const names = ['Trần Văn An', 'Lê Thị An', 'Lê Bá An', 'Nguyễn Văn Bình', 'Đỗ An'];
  expect([...names].sort(compareNames)).toEqual(['Đỗ An', 'Lê Bá An', 'Lê Thị An', 'Trần Văn An', 'Nguyễn Văn Bình']);
  expect(sortKeyOf('Trần Bảo Anh', 'Bảo Anh')).toBe(sortKeyOf('Trần Bảo Anh'));
});
