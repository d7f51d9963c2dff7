import iconv from 'iconv-lite';
import { toTcvn3, toVni, utf8 } from '../../fixtures/rosters/files.ts';
import { book, who, type StrangeFile } from './strange-file.ts';

const VAN = 'Nông Thị Vân';
const LY = 'Hà Văn Lý';
const HOA = 'Kỳ Thị Hoa';
const LUONG = 'Tống Văn Lượng';
const DONG = 'Chi bộ Thôn Đông';
const DOAI = 'Chi bộ Thôn Đoài';
const HEAD = ['STT', 'Họ và tên', 'Năm sinh', 'Đơn vị'];
type Row = [number, string, number, string];
const ROWS: Row[] = [
  [1, VAN, 1960, DONG],
  [2, LY, 1961, DONG],
  [3, HOA, 1962, DOAI],
  [4, LUONG, 1963, DOAI],
];
const FOUR = [who(VAN, 1960, DONG), who(LY, 1961, DONG), who(HOA, 1962, DOAI), who(LUONG, 1963, DOAI)];
const as = (row: Row, write: (text: string) => string): (string | number)[] =>
  row.map((cell) => (typeof cell === 'string' ? write(cell) : cell));
/** As Windows shows bytes of UTF-8 that it takes for letters: what CP1252 leaves undefined stays a control character. */
const asWindows = (t: string): string =>
  Array.from(Buffer.from(t, 'utf8'), (byte) =>
    [0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte)
      ? String.fromCodePoint(byte)
      : iconv.decode(Buffer.from([byte]), 'windows-1252'),
  ).join('');
const text = (separator: string, rows: readonly (readonly (string | number)[])[]): string =>
  `${rows.map((row) => row.join(separator)).join('\r\n')}\r\n`;

/** How letters, quotes and numbers are written: old fonts in some rows, marks apart, quotes where nobody closes them. */
export const CLERK_WRITING: StrangeFile[] = [
  {
    file: 'half-in-an-old-font.xlsx',
    make: () => book([HEAD, ...ROWS.map((row, i) => (i < 2 ? row : as(row, toTcvn3)))]),
    right: { people: FOUR },
  },
  {
    file: 'one-row-in-vni.xlsx',
    make: () => book([HEAD, ...ROWS.map((row, i) => (i === 2 ? as(row, toVni) : row))]),
    right: { people: FOUR },
  },
  {
    file: 'marks-apart-in-some-rows.xlsx',
    make: () => book([HEAD, ...ROWS.map((row, i) => (i % 2 === 0 ? as(row, (t) => t.normalize('NFD')) : row))]),
    right: { people: FOUR },
  },
  {
    file: 'old-font-with-semicolons-and-quotes.csv',
    make: () =>
      new Uint8Array(Buffer.from(toTcvn3(text(';', [HEAD, ...ROWS.map((row) => as(row, (t) => `"${t}"`))])), 'latin1')),
    right: { people: FOUR },
  },
  {
    file: 'utf-16-without-a-mark.csv',
    make: () => new Uint8Array(Buffer.from(text('\t', [HEAD, ...ROWS]), 'utf16le')),
    right: { people: FOUR },
  },
  {
    file: 'encoded-twice-through-windows.csv',
    make: () => utf8(`\ufeff${asWindows(text(';', [HEAD, ...ROWS]))}`),
    right: { people: FOUR },
  },
  {
    file: 'encoded-twice-in-a-workbook.xlsx',
    make: () => book([HEAD.map(asWindows), ...ROWS.map((row) => as(row, asWindows))]),
    right: { people: FOUR },
  },
  {
    file: 'apostrophes-before-everything.csv',
    make: () => utf8(text(',', [HEAD, ...ROWS.map((row) => row.map((cell) => `'${cell}`))])),
    right: { people: FOUR },
  },
  {
    file: 'a-quote-that-opens-the-last-cell.csv',
    make: () =>
      utf8(
        `${text(',', [HEAD, ...ROWS])
          .trimEnd()
          .slice(0, -DOAI.length)}"${DOAI}\r\n`,
      ),
    right: { people: FOUR },
  },
  {
    file: 'inches-and-nicknames-in-quotes.csv',
    make: () =>
      utf8(
        text(',', [
          [...HEAD, 'Ghi chú'],
          [1, VAN, 1960, DONG, 'Ti vi 43"'],
          [2, `${LY} "Tư"`, 1961, DONG, ''],
          [3, HOA, 1962, DOAI, '"trưởng đoàn"'],
        ]),
      ),
    right: {
      people: [who(VAN, 1960, DONG), who(LY, 1961, DONG, { any: [`${LY} "Tư"`] }), who(HOA, 1962, DOAI)],
    },
  },
  {
    file: 'one-number-of-two-people.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Số CCCD'],
        [1, VAN, 1960, '008160000123'],
        [2, LY, 1961, '008160000123'],
        [3, HOA, 1962, '008162000789'],
      ]),
    right: {
      people: [who(VAN, 1960), who(LY, 1961), who(HOA, 1962, null, { l4: '0789' })],
      report_rows: [2, 3],
    },
  },
  {
    file: 'telephone-in-the-column-of-cards.xlsx',
    make: () =>
      book([
        ['TT', 'Họ và tên', 'Năm sinh', 'Số CCCD'],
        [1, VAN, 1960, '008160000123'],
        [2, LY, 1961, '0912345678'],
        [3, HOA, 1962, '008162000789'],
      ]),
    right: {
      people: [who(VAN, 1960, null, { l4: '0123' }), who(LY, 1961), who(HOA, 1962, null, { l4: '0789' })],
      report_rows: [3],
    },
  },
  {
    file: 'numbered-to-a-thousand.xlsx',
    make: () => book([HEAD, ...ROWS, ...Array.from({ length: 996 }, (_, i) => [i + 5, null, null, null])]),
    right: { people: FOUR, max_warnings: 0 },
  },
  {
    file: 'numbered-and-unit-filled-down.xlsx',
    make: () => book([HEAD, ...ROWS, ...Array.from({ length: 20 }, (_, i) => [i + 5, null, null, DOAI])]),
    right: { people: FOUR },
  },
  {
    file: 'all-small-and-all-capital-mixed.xlsx',
    make: () =>
      book([HEAD, ...ROWS.map((row, i) => as(row, (t) => (i % 2 === 0 ? t.toUpperCase() : t.toLowerCase())))]),
    right: {
      people: FOUR.map((person, i) => ({
        ...person,
        name: i % 2 === 0 ? person.name.toUpperCase() : person.name.toLowerCase(),
      })),
    },
  },
  {
    file: 'people-on-a-card-each.csv',
    make: () =>
      utf8(
        text(';', [
          ['', '', '', ''],
          ['DANH SÁCH', '', '', ''],
          HEAD,
          ['', '', '', ''],
          ...ROWS.flatMap((row) => [row, ['', '', '', '']]),
        ]),
      ),
    right: { people: FOUR },
  },
];
