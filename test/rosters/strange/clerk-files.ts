import { writeOds } from 'hucre/ods';
import iconv from 'iconv-lite';
import { toTcvn3, toVni, utf8 } from '../../fixtures/rosters/files.ts';
import { book, who, type StrangeFile } from './strange-file.ts';

const VAN = 'Nông Thị Vân';
const LY = 'Hà Văn Lý';
const HOA = 'Kỳ Thị Hoa';
const LUONG = 'Tống Văn Lượng';
const DONG = 'Chi bộ Thôn Đông';
const DOAI = 'Chi bộ Thôn Đoài';
const PLAIN = [who(VAN, 1960, DONG), who(LY, 1961, DONG), who(HOA, 1962, DOAI)];
const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

const lines = (separator: string, end: string): string =>
  [
    ['STT', 'Họ và tên', 'Năm sinh', 'Đơn vị'],
    ['1', VAN, '1960', DONG],
    ['2', LY, '1961', DONG],
    ['3', HOA, '1962', DOAI],
  ]
    .map((row) => row.join(separator))
    .join(end) + end;

/** Files as they are saved, pasted and sent: sheets, encodings, text. */
export const CLERK_FILES: StrangeFile[] = [
  { file: 'pasted-with-tabs.txt', make: () => utf8(lines('\t', '\r\n')), right: { people: PLAIN } },
  { file: 'lines-of-an-old-mac.csv', make: () => utf8(lines(';', '\r')), right: { people: PLAIN } },
  {
    file: 'text-in-utf-16-big.txt',
    make: () => new Uint8Array(iconv.encode(lines('\t', '\n'), 'utf16-be', { addBOM: true })),
    right: { people: PLAIN },
  },
  { file: 'tabs-in-tcvn3.txt', make: () => latin1(toTcvn3(lines('\t', '\r\n'))), right: { people: PLAIN } },
  { file: 'commas-in-vni.csv', make: () => latin1(toVni(lines(',', '\r\n'))), right: { people: PLAIN } },
  {
    file: 'windows-1258-with-tabs.txt',
    make: () => {
      const text = Array.from(lines('\t', '\r\n'))
        .map((char) => {
          const tone = /[\u0300\u0301\u0303\u0309\u0323]/u.exec(char.normalize('NFD'))?.[0] ?? '';
          return `${char.normalize('NFD').replace(tone, '').normalize('NFC')}${tone}`;
        })
        .join('');
      return new Uint8Array(iconv.encode(text, 'windows1258'));
    },
    right: { people: PLAIN },
  },
  {
    file: 'encoded-twice.csv',
    make: () => utf8(iconv.decode(Buffer.from(lines(',', '\r\n'), 'utf8'), 'latin1')),
    right: { people: PLAIN },
  },
  {
    file: 'pasted-from-a-letter.txt',
    make: () =>
      utf8(
        [
          'DANH SÁCH ĐẠI BIỂU DỰ HỘI NGHỊ',
          `1. Đ/c ${VAN} - Bí thư chi bộ (SN 1960)`,
          `2. Đ/c ${LY} - Trưởng thôn (SN 1961)`,
          `3. Đ/c ${HOA} (SN 1962)`,
          '',
        ].join('\r\n'),
      ),
    right: { people: [who(VAN, 1960), who(LY, 1961), who(HOA, 1962)] },
  },
  {
    file: 'empty-cells-to-the-right.csv',
    make: () =>
      utf8(
        [
          'ĐẢNG ỦY XÃ BẢN MỚI;;;;;;',
          'DANH SÁCH ĐẢNG VIÊN;;;;;;',
          ';;;;;;',
          'TT;Họ và tên;Năm sinh;Đơn vị;;;',
          `1;${VAN};1960;"${DONG}";;;`,
          `2;${LY};1961;"${DONG}";;;`,
          ';;;;;;',
          `3;${HOA};1962;"${DOAI}";;;`,
          ';Tổng cộng: 3;;;;;',
          '',
        ].join('\r\n'),
      ),
    right: { people: PLAIN },
  },
  {
    file: 'columns-aligned-by-blanks.txt',
    make: () =>
      utf8(
        [
          'STT   Họ và tên         Năm sinh',
          `1     ${VAN}      1960`,
          `2     ${LY}         1961`,
          `3     ${HOA}        1962`,
          '',
        ].join('\n'),
      ),
    right: { people: [who(VAN, 1960), who(LY, 1961), who(HOA, 1962)] },
  },
  {
    file: 'table-copied-with-bars.txt',
    make: () =>
      utf8(
        [
          '| STT | Họ và tên | Năm sinh | Đơn vị |',
          '|-----|-----------|----------|--------|',
          `| 1 | ${VAN} | 1960 | ${DONG} |`,
          `| 2 | ${LY} | 1961 | ${DONG} |`,
          `| 3 | ${HOA} | 1962 | ${DOAI} |`,
          '',
        ].join('\n'),
      ),
    right: { people: PLAIN },
  },
  {
    file: 'open-document.ods',
    make: () =>
      writeOds({
        sheets: [
          {
            name: 'Danh sách',
            rows: [
              ['DANH SÁCH ĐẢNG VIÊN', null, null, null],
              ['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'],
              [1, VAN, 1960, DONG],
              [2, LY, 1961, DONG],
              [3, HOA, 1962, DOAI],
              [null, 'Tổng cộng: 3 đồng chí', null, null],
            ],
          },
        ],
      }),
    right: { people: PLAIN },
  },
  {
    file: 'open-document-of-two-sheets.ods',
    make: () =>
      writeOds({
        sheets: [
          {
            name: 'Thôn Đông',
            rows: [
              ['TT', 'Họ và tên', 'Năm sinh'],
              [1, VAN, 1960],
              [2, LY, 1961],
            ],
          },
          {
            name: 'Thôn Đoài',
            rows: [
              ['TT', 'Họ và tên', 'Năm sinh'],
              [1, HOA, 1962],
              [2, LUONG, 1963],
            ],
          },
        ],
      }),
    right: {
      people: [
        who(VAN, 1960, 'Thôn Đông'),
        who(LY, 1961, 'Thôn Đông'),
        who(HOA, 1962, 'Thôn Đoài'),
        who(LUONG, 1963, 'Thôn Đoài'),
      ],
    },
  },
  {
    file: 'morning-and-afternoon-sheets.xlsx',
    make: () => {
      const rows = [
        ['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'],
        [1, VAN, 1960, DONG],
        [2, LY, 1961, DONG],
        [3, HOA, 1962, DOAI],
      ];
      return book({ name: 'Sáng', rows }, { name: 'Chiều', rows });
    },
    right: { people: PLAIN },
  },
  {
    file: 'full-and-candidate-members.xlsx',
    make: () =>
      book(
        {
          name: 'Chính thức',
          rows: [
            ['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'],
            [1, VAN, 1960, DONG],
            [2, LY, 1961, DONG],
          ],
        },
        {
          name: 'Dự bị',
          rows: [
            ['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'],
            [1, HOA, 1962, DOAI],
          ],
        },
      ),
    right: { people: PLAIN },
  },
  {
    file: 'sheets-with-other-columns.xlsx',
    make: () =>
      book(
        {
          name: 'Thôn Đông',
          rows: [
            ['TT', 'Họ và tên', 'Năm sinh', 'Chức vụ'],
            [1, VAN, 1960, 'Bí thư'],
            [2, LY, 1961, null],
          ],
        },
        {
          name: 'Thôn Đoài',
          rows: [
            ['Họ tên', 'Sinh năm'],
            [HOA, 1962],
            [LUONG, 1963],
          ],
        },
      ),
    right: {
      people: [
        who(VAN, 1960, 'Thôn Đông'),
        who(LY, 1961, 'Thôn Đông'),
        who(HOA, 1962, 'Thôn Đoài'),
        who(LUONG, 1963, 'Thôn Đoài'),
      ],
    },
  },
  {
    file: 'list-and-telephone-book.xlsx',
    make: () =>
      book(
        {
          name: 'DS',
          rows: [
            ['TT', 'Họ và tên', 'Năm sinh', 'Đơn vị'],
            [1, VAN, 1960, DONG],
            [2, LY, 1961, DONG],
            [3, HOA, 1962, DOAI],
          ],
        },
        {
          name: 'Danh bạ',
          rows: [
            ['Họ và tên', 'Điện thoại'],
            ['Trần Văn Nam', '0912345678'],
            ['Lê Thị Bích', '0987654321'],
          ],
        },
      ),
    right: { people: PLAIN },
  },
];
