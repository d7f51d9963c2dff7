import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classifyScan } from '../../../electron/core/attendance/cards.ts';

const CITIZEN = '001090000001|012345678|Nguyễn Văn Thử|01021990|Nam|Thôn A, Xã B, Huyện C, Tỉnh D|10052021';
const WOMAN = '001190000002||Trần Thị Ướm|03041990|Nữ|Tổ 5, Phường Đồng Tâm, Tỉnh Phú Thọ|10052021';
const PARTY = '001090000001|NGUYỄN VĂN THỬ|01021990|03021995|03021996|Đảng ủy phường X|19052025';
const read = (raw: string) => classifyScan(raw, 'dc-01');
const citizen = { kind: 'citizen_card', number: '001090000001', oldNumber: '012345678', birthDate: '1990-02-01' };
const woman = { kind: 'citizen_card', number: '001190000002', oldNumber: null, birthDate: '1990-04-03' };

test('a citizen card of 2021 and one of 2024 read alike', () => {
  expect(read(CITIZEN)).toEqual({ ...citizen, corruption: null });
  expect(read(`${CITIZEN}||||`)).toEqual({ ...citizen, corruption: null });
  expect(read(`${CITIZEN}|012345679|001090999999|A|B`)).toEqual({ ...citizen, corruption: null });
  expect(read(WOMAN)).toEqual({ ...woman, corruption: null });
});

test('a party card is told from a citizen card by its dates', () => {
  const party = { kind: 'party_card', number: '001090000001', birthDate: '1990-02-01', corruption: null };
  expect(read(PARTY)).toEqual(party);
  expect(read(PARTY.replace('03021996', ''))).toEqual(party);
});

test('a citizen card of 11 fields that lost one separator is not taken for a party card', () => {
  const lost = `${WOMAN}||||`.replace('||', '|');
  expect(read(lost)).toMatchObject({ kind: 'citizen_card', number: '001190000002', birthDate: '1990-04-03' });
});

test('an issue date is never taken for a birth date', () => {
  expect(read(CITIZEN.replace('01021990', '0102199'))).toMatchObject({ kind: 'citizen_card', birthDate: null });
  expect(read(CITIZEN.replace('01021990', '31021990'))).toMatchObject({ kind: 'citizen_card', birthDate: null });
  expect(read(CITIZEN.replace('|01021990|Nam', ''))).toMatchObject({ kind: 'citizen_card', birthDate: null });
});

test('damaged names keep number and birth date, and the damage is named', () => {
  const utf8 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
  const bytes = (text: string): string =>
    utf8(text).replace(/[\u0080-\u00ff]/gu, (c) => String(c.charCodeAt(0)).padStart(4, '0'));
  const points = (text: string): string => text.replace(/[^\u0020-\u007e]/gu, (c) => String(c.codePointAt(0)));
  const entities = (text: string): string => text.replace(/[^\u0020-\u007e]/gu, (c) => `&#${c.codePointAt(0)};`);
  const percent = (text: string): string => text.replace(/[^\u0020-\u007e]+/gu, (c) => encodeURIComponent(c));
  const table: [string, string][] = [
    [utf8(WOMAN), 'mojibake'],
    [bytes(WOMAN), 'decimal_bytes'],
    [points(WOMAN), 'decimal_code_points'],
    [entities(WOMAN), 'html_entities'],
    [percent(WOMAN), 'percent_encoded'],
    [WOMAN.replaceAll('ầ', '┬').replaceAll('ị', '╦').replaceAll('ữ', '»'), 'oem_code_page'],
    [WOMAN.replace('Trần', 'Tr廕囚'), 'foreign_charset'],
    [WOMAN.replace(/[^\u0020-\u007e]/gu, '?'), 'lost_letters'],
    [WOMAN.replace(/[^\u0020-\u007e]/gu, '\ufffd'), 'lost_letters'],
    [WOMAN.replace(/[^\u0020-\u007e]/gu, ''), 'marks_missing'],
    [WOMAN.normalize('NFD'), 'combining_marks'],
    [WOMAN.replaceAll(' ', '\u00a0'), 'no_break_space'],
  ];
  for (const [raw, corruption] of table) expect([raw, read(raw)]).toEqual([raw, { ...woman, corruption }]);
});

test('doubled separators are halved, an empty old number included', () => {
  expect(read(CITIZEN.replaceAll('|', '||'))).toEqual({ ...citizen, corruption: 'doubled_separators' });
  expect(read(WOMAN.replaceAll('|', '||'))).toEqual({ ...woman, corruption: 'doubled_separators' });
  expect(read('BP1||dc-01||Abc123')).toMatchObject({ kind: 'badge', token: 'Abc123' });
});

test('separators that come twice in some places keep the birth date', () => {
  const parts = CITIZEN.split('|');
  for (let at = 1; at < parts.length; at++) {
    const raw = parts.map((part, i) => (i === at ? `|${part}` : part)).join('|');
    expect([raw, read(raw)]).toEqual([raw, expect.objectContaining({ kind: 'citizen_card', birthDate: '1990-02-01' })]);
  }
});

test('another sign in the place of the pipe is understood', () => {
  for (const sign of ['~', '>', '¦', '│'])
    expect(read(CITIZEN.replaceAll('|', sign))).toEqual({ ...citizen, corruption: 'other_separators' });
});

test('without separators only a number of exactly 12 digits counts', () => {
  expect(read(WOMAN.replaceAll('|', ''))).toEqual({
    kind: 'number',
    number: '001190000002',
    corruption: 'lost_separators',
  });
  expect(read(CITIZEN.replaceAll('|', ''))).toEqual({
    kind: 'unknown',
    looksLike: null,
    corruption: 'lost_separators',
  });
  expect(read(CITIZEN.replace('|', ''))).toMatchObject({ kind: 'unknown', corruption: 'lost_separators' });
});

test('a card cut short keeps what is certain', () => {
  expect(read('001090000001|012345678|Nguyễn V')).toEqual({ ...citizen, birthDate: null, corruption: 'cut_short' });
  expect(read('001090000001|')).toMatchObject({ kind: 'number', number: '001090000001', corruption: 'cut_short' });
  expect(read('00109000000')).toMatchObject({ kind: 'unknown' });
});

test('the Vietnamese keyboard layout turned digits into letters', () => {
  const layout = ['đ', 'ă', 'â', 'ê', 'ô', '\u0300', '\u0309', '\u0303', '\u0301', '\u0323'];
  const typed = (text: string): string => text.replace(/\d/gu, (d) => layout[Number(d)] ?? d);
  const ascii = CITIZEN.normalize('NFD').replace(/\p{M}/gu, '');
  for (const form of [typed(ascii), typed(ascii).replace(/.\p{M}/gu, (pair) => pair.normalize('NFC'))])
    expect(read(form)).toMatchObject({ ...citizen, corruption: 'letters_for_digits' });
  expect(read(typed('001090000001'))).toMatchObject({ kind: 'number', number: '001090000001' });
  expect(read(typed('BP1|dc-01|K5T90'))).toMatchObject({ kind: 'badge', token: 'K5T90', isThisVenue: true });
});

test('badges: ours, of another venue, with Caps Lock, and damaged', () => {
  expect(read('BP1|dc-01|aB3_-9')).toEqual({
    kind: 'badge',
    venueId: 'dc-01',
    token: 'aB3_-9',
    isThisVenue: true,
    corruption: null,
  });
  expect(read('BP1|dc-02|aB3_-9')).toMatchObject({ kind: 'badge', isThisVenue: false });
  expect(read('bp1|DC-01|Ab3_-9')).toMatchObject({ token: 'aB3_-9', isThisVenue: true, corruption: 'caps_lock' });
  expect(read('BP1|dc-01')).toMatchObject({ kind: 'unknown', corruption: 'damaged_fields' });
  expect(read('BP1|dc-01|a b c d')).toMatchObject({ kind: 'unknown' });
});

test('bare numbers may have blanks, dots or dashes; other lengths are not guessed', () => {
  expect(read(' 001090000001\r\n')).toEqual({ kind: 'number', number: '001090000001', corruption: null });
  expect(read('001 090 000 001')).toMatchObject({ kind: 'number', number: '001090000001' });
  expect(read('012345678')).toMatchObject({ kind: 'number', number: '012345678' });
  expect(read('12.345678')).toMatchObject({ kind: 'number', number: '12345678' });
  expect(read(']Q1001090000001')).toMatchObject({ kind: 'number', number: '001090000001' });
  for (const other of ['8934567890123', '1234567', '00109000000123456789', ''])
    expect(read(other)).toMatchObject({ kind: 'unknown' });
});

test('other codes say what they look like', () => {
  expect(read('DN4010112345678|4e677579e1bb856e|01/01/1990|1')).toMatchObject({ looksLike: 'health_card' });
  expect(read('IDVNM0900000019001090000001<<39001015M3001018VNM')).toMatchObject({
    looksLike: 'machine_readable_zone',
  });
  expect(read('https://example.org/x')).toMatchObject({ looksLike: 'link' });
  expect(read('x'.repeat(5_000))).toMatchObject({ kind: 'unknown' });
});

test('property: any text is classified without throwing, and a number that comes out stood at its beginning', () => {
  const noisy = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 150 }),
    fc
      .array(
        fc.constantFrom(
          '|',
          '||',
          '001090000001',
          '012345678',
          '01021990',
          'Nam',
          'Nữ',
          'Ă',
          'x',
          'BP1',
          ' ',
          '\u0301',
        ),
      )
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(noisy, (raw) => {
      const scan = read(raw);
      if (scan.kind !== 'number' && scan.kind !== 'citizen_card' && scan.kind !== 'party_card') return;
      expect(scan.number).toMatch(/^(\d{12}|\d{9}|\d{8})$/u);
      if (scan.corruption !== 'letters_for_digits')
        expect(raw.replace(/[^0-9]/gu, '').includes(scan.number)).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

test('property: with any one field damaged or any one separator lost, a birth date is right or absent', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(CITIZEN, WOMAN, `${CITIZEN}||||`, `${WOMAN}||||`),
      fc.nat({ max: 10 }),
      fc.oneof(
        fc.constant(null),
        fc.string({ maxLength: 12 }).map((s) => s.replaceAll('|', '')),
      ),
      (card, at, junk) => {
        const fields = card.split('|');
        const index = 1 + (at % (fields.length - 1));
        const raw =
          junk === null
            ? [
                ...fields.slice(0, index - 1),
                (fields[index - 1] ?? '') + (fields[index] ?? ''),
                ...fields.slice(index + 1),
              ]
            : fields.with(index, junk);
        const scan = read(raw.join('|'));
        if (scan.kind === 'unknown') return;
        expect(scan.kind).not.toBe('party_card');
        if ('number' in scan) expect(fields[0]).toBe(scan.number);
        if ('birthDate' in scan && scan.birthDate !== null)
          expect(scan.birthDate).toBe(`${fields[3]?.slice(4)}-${fields[3]?.slice(2, 4)}-${fields[3]?.slice(0, 2)}`);
      },
    ),
    { numRuns: 2_000 },
  );
});
