import fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { readBirth } from '../../../electron/core/provisioning/roster-birth.ts';
import { readCitizenNumber, textOf, toTitleCase } from '../../../electron/core/provisioning/roster-cells.ts';
import {
  decodeCp1258,
  decodeTcvn3,
  decodeVni,
  guessEncoding,
} from '../../../electron/core/provisioning/roster-encoding.ts';
import { readName } from '../../../electron/core/provisioning/roster-names.ts';
import { TCVN3, VNI } from '../../../electron/core/provisioning/roster-legacy-tables.ts';
import { toCp1258, toTcvn3, toVni } from '../../fixtures/rosters/files.ts';

const SMALL = 'aàáảãạăằắẳẵặâầấẩẫậđeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ';

test('the TCVN3 table agrees with iconv for every byte that is a letter in it', () => {
  for (let byte = 0xa1; byte <= 0xfe; byte++) {
    const letter = TCVN3.get(String.fromCharCode(byte));
    const known = iconv.decode(Buffer.from([byte]), 'tcvn');
    if (letter === undefined) expect(/\p{L}/u.test(known) && SMALL.includes(known)).toBe(false);
    else expect([byte, letter]).toEqual([byte, known]);
  }
  expect(decodeTcvn3('NguyÔn V¨n §øc')).toBe('Nguyễn Văn Đức');
});

test('every Vietnamese small letter survives TCVN3, VNI and CP1258; VNI and CP1258 keep capitals too', () => {
  for (const letter of SMALL) {
    expect(decodeTcvn3(toTcvn3(letter))).toBe(letter);
    expect(decodeVni(toVni(letter))).toBe(letter);
    expect(decodeVni(toVni(letter.toUpperCase()))).toBe(letter.toUpperCase());
  }
  for (const text of [SMALL, SMALL.toUpperCase()])
    expect(decodeCp1258(iconv.decode(Buffer.from(toCp1258(text)), 'windows-1252'))).toBe(text);
});

test('VNI as people typed it', () => {
  expect(decodeVni('Nguyeãn Vaên Ñöùc')).toBe('Nguyễn Văn Đức');
  expect(decodeVni('NGUYEÃN VAÊN ÑÖÙC')).toBe('NGUYỄN VĂN ĐỨC');
  expect(decodeVni('AÙnh Aùnh Phöôïng Thuûy Quyønh Kyø Lyù Myõ')).toBe('Ánh Ánh Phượng Thủy Quỳnh Kỳ Lý Mỹ');
  // Single letters, and 88 pairs each in three cases: small, capital, capital with a small mark.
  expect(VNI.size).toBeGreaterThan(170);
});

test('Unicode names are never taken for an old encoding', () => {
  const texts = [
    'Lê Văn Hà',
    'Hồ Ngọc Ánh',
    'Trần Thị Cúc',
    'Võ Minh Thi',
    'Đỗ Thị Hòa',
    'Hà Quý',
    "H'Hen Niê",
    'Rơ Châm Ý',
  ];
  expect(guessEncoding(texts, ['tcvn3', 'vni', 'cp1258']).candidates).toEqual([]);
  expect(guessEncoding(['Lê Hà', 'Tô Lý'], ['tcvn3', 'vni']).candidates).toEqual([]);
  expect(guessEncoding(['François Müller', 'Renée'], ['tcvn3', 'vni']).candidates).toEqual([]);
});

test('old text is told apart even when only a few words speak', () => {
  expect(guessEncoding(['Hä vµ tªn', 'NguyÔn V¨n An'], ['tcvn3', 'vni']).encoding).toBe('tcvn3');
  expect(guessEncoding(['Hoï vaø teân', 'Nguyeãn Vaên An'], ['tcvn3', 'vni']).encoding).toBe('vni');
});

test('numbers of cells keep their digits', () => {
  expect(textOf(123_456_789_012)).toBe('123456789012');
  expect(textOf(1.5)).toBe('1.5');
  expect(readCitizenNumber(97_060_000_001)).toMatchObject({ kind: 'unusable' });
  expect(readCitizenNumber("'001060000001")).toEqual({ kind: 'ok', digits: '001060000001', isPadded: false });
  expect(readCitizenNumber('1,23E+11')).toEqual({ kind: 'scientific' });
  expect(readCitizenNumber(null)).toEqual({ kind: 'none' });
});

test('forms of address go, names that begin like one stay', () => {
  expect(readName('Ông (Bà) Lê Văn An')).toEqual({ name: 'Lê Văn An', aside: ['Ông (Bà)'], positions: [], birth: '' });
  expect(readName('Ông Tám').name).toBe('Ông Tám');
  expect(readName('đ/c: Lê An [Trưởng thôn]')).toEqual({
    name: 'Lê An',
    aside: ['đ/c'],
    positions: ['Trưởng thôn'],
    birth: '',
  });
  expect(readName('  * Lê Văn An *').name).toBe('Lê Văn An');
  expect(toTitleCase("H'HEN NIÊ – Y-MOAN")).toBe("H'Hen Niê – Y-Moan");
});

test('property: no text makes a birth date that is not one, and what is read has its year', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 20 }), fc.double(), fc.date({ noInvalidDate: false })), (cell) => {
      const birth = readBirth(cell, { year: 2026 });
      if (birth.date === null) return;
      expect(birth.date).toMatch(/^\d{4}-\d\d-\d\d$/u);
      expect(birth.year).toBe(Number(birth.date.slice(0, 4)));
      expect(2026 - Number(birth.year)).toBeGreaterThanOrEqual(15);
    }),
    { numRuns: 1_000 },
  );
});

test('property: day comes before month, whatever the sign between them', () => {
  const parts = fc.tuple(
    fc.integer({ min: 1, max: 28 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1930, max: 2005 }),
    fc.constantFrom('/', '.', '-', ' / ', ' ', ', '),
    fc.boolean(),
  );
  fc.assert(
    fc.property(parts, ([day, month, year, sign, isPadded]) => {
      const two = (n: number): string => String(n).padStart(isPadded ? 2 : 1, '0');
      const iso = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
      expect(readBirth(`${two(day)}${sign}${two(month)}${sign}${year}`, { year: 2026 })).toEqual({
        date: iso,
        year,
        problem: null,
        sex: null,
      });
    }),
  );
});
