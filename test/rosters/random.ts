import type { CellValue } from 'hucre/xlsx';
import { createDice, inventPerson } from '../fixtures/rosters/invented-names.ts';
import { book, who, type StrangeFile } from './strange/strange-file.ts';

/**
 * Rosters put together by chance from what clerks do, each right by itself and all of them usual: how units are written, how births,
 * which columns, numbers, titles, sums, signatures. What goes wrong here is what two habits do to one another.
 */

const UNITS = [
  'Chi bộ Thôn Đông',
  'Chi bộ Thôn Đoài',
  'Tổ dân phố 3',
  'Trường THCS Bản Mới',
  'Công an xã',
  'Hội Nông dân',
  'Trạm Y tế',
  'Văn phòng Đảng ủy',
  'Thôn Hạ',
  'Bản Nà Lốc',
  'Ban Chỉ huy Quân sự',
  'Đoàn Thanh niên',
  'Chi bộ 12',
  'Mặt trận Tổ quốc',
] as const;
const POSITIONS = ['Bí thư', 'Phó Bí thư', 'Đảng viên', 'Chủ tịch', 'Trưởng thôn', 'Ủy viên BCH', 'Giáo viên'] as const;
const SIGNER = 'Đinh Quang Tổng';

interface Member {
  name: string;
  unit: string;
  /** First of the unit's people. */
  isFirst: boolean;
  year: number;
  date: string;
  sex: 'Nam' | 'Nữ';
  position: string;
  number: string;
}

type Cells = CellValue[];
/** A column, or several under one heading: what stands over them and in the row of a person. */
interface Part {
  heading: string;
  under: (string | null)[];
  cells: (member: Member, ordinal: number) => Cells;
}

class Clerk {
  readonly #dice: () => number;

  constructor(seed: number) {
    this.#dice = createDice(seed);
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#dice() * list.length)] as T;
  }

  chance(share: number): boolean {
    return this.#dice() < share;
  }

  int(from: number, below: number): number {
    return from + Math.floor(this.#dice() * (below - from));
  }

  /** People of two to four units, unit by unit. */
  members(): Member[] {
    const count = this.int(4, 18);
    const units = [...UNITS].sort(() => this.#dice() - 0.5).slice(0, this.int(2, 5));
    const unitOf = (i: number): string => units[Math.floor((i * units.length) / count)] ?? '';
    return Array.from({ length: count }, (_, i) => {
      const year = this.int(1950, 2000);
      const two = (n: number): string => String(n).padStart(2, '0');
      return {
        name: this.#name(),
        unit: unitOf(i),
        isFirst: i === 0 || unitOf(i) !== unitOf(i - 1),
        year,
        date: `${two(this.int(1, 29))}/${two(this.int(1, 13))}/${year}`,
        sex: this.pick(['Nam', 'Nữ'] as const),
        position: this.pick(POSITIONS),
        number: `00${this.int(1, 10)}${this.int(0, 4)}${String(this.int(0, 1e8)).padStart(8, '0')}`,
      };
    });
  }

  /** "Ông" is a family name and a form of address: nobody can say which in a list of both. */
  #name(): string {
    for (;;) {
      const { name } = inventPerson(this.#dice);
      if (!name.startsWith('Ông ')) return name;
    }
  }
}

/** One roster, the same for the same seed, with its right answer. */
export function randomRoster(seed: number): StrangeFile {
  const clerk = new Clerk(seed);
  const members = clerk.members();
  const unitBy = clerk.pick(['column', 'column', 'ditto', 'section', 'section', 'numbered_section', 'none'] as const);
  const birthBy = clerk.pick(['year', 'date', 'men_and_women', 'three_columns', 'words', 'none'] as const);
  const numberBy = clerk.pick(['running', 'running', 'restarting', 'none'] as const);
  const isUpper = clerk.chance(0.15);
  const nameOf = ({ name }: Member): string => (isUpper ? name.toUpperCase() : name);
  const hasSex = birthBy !== 'men_and_women' && clerk.chance(0.3);
  const hasNumbers = clerk.chance(0.3);

  const unit: Part = {
    heading: clerk.pick(['Đơn vị', 'Chi bộ', 'Đơn vị công tác', 'Nơi sinh hoạt', 'Cơ quan, đơn vị']),
    under: [null],
    cells: (member) => [unitBy === 'column' || member.isFirst ? member.unit : clerk.pick(['nt', '-nt-', '"', '″'])],
  };
  const units = unitBy === 'column' || unitBy === 'ditto' ? [unit] : [];
  const isUnitFirst = clerk.chance(0.2);
  const index: Part = {
    heading: clerk.pick(['TT', 'STT', 'Số TT']),
    under: [null],
    cells: (_, ordinal) => [numberBy === 'none' ? null : clerk.pick([ordinal, ordinal, `${ordinal}.`])],
  };
  const parts: Part[] = [
    ...(numberBy !== 'none' || unitBy === 'numbered_section' ? [index] : []),
    ...(isUnitFirst ? units : []),
    clerk.chance(0.15) ? partedName(nameOf) : wholeName(clerk, nameOf),
    ...birthParts(clerk, birthBy),
    ...(hasSex ? [plain(clerk.pick(['Giới tính', 'Nam/Nữ']), ({ sex }) => sex)] : []),
    ...(clerk.chance(0.6) ? [plain(clerk.pick(['Chức vụ', 'Chức danh']), ({ position }) => position)] : []),
    ...(isUnitFirst ? [] : units),
    ...(hasNumbers ? [plain(clerk.pick(['Số CCCD', 'Số định danh cá nhân']), ({ number }) => number)] : []),
    ...(clerk.chance(0.3) ? [plain(clerk.pick(['Ghi chú', 'Ký nhận']), () => null)] : []),
  ];
  const rows = [
    ...title(clerk),
    ...headings(clerk, parts),
    ...body(clerk, { members, parts, unitBy, restarts: numberBy === 'restarting' }),
    ...ending(clerk, parts, members.length),
  ];
  return {
    file: `random-${seed}-${unitBy}-${birthBy}-${numberBy}.xlsx`,
    make: () => book({ name: 'DS', rows }),
    right: {
      people: members.map((member) =>
        who(nameOf(member), birthBy === 'none' ? null : member.year, unitBy === 'none' ? null : member.unit, {
          sex: hasSex || birthBy === 'men_and_women' ? member.sex : null,
          l4: hasNumbers ? member.number.slice(-4) : null,
        }),
      ),
      never: [SIGNER],
    },
  };
}

function plain(heading: string, cell: (member: Member) => CellValue): Part {
  return { heading, under: [null], cells: (member) => [cell(member)] };
}

function wholeName(clerk: Clerk, nameOf: (member: Member) => string): Part {
  const heading = clerk.pick(['Họ và tên', 'Họ tên', 'Họ và tên đại biểu', 'HỌ VÀ TÊN', 'Họ, tên đảng viên']);
  const isAddressed = clerk.chance(0.1);
  return plain(heading, (member) => `${isAddressed && clerk.chance(0.4) ? 'Đ/c ' : ''}${nameOf(member)}`);
}

function partedName(nameOf: (member: Member) => string): Part {
  return {
    heading: 'Họ và tên',
    under: ['Họ và tên đệm', 'Tên'],
    cells: (member) => {
      const words = nameOf(member).split(' ');
      return [words.slice(0, -1).join(' '), words.at(-1) ?? ''];
    },
  };
}

function birthParts(clerk: Clerk, by: string): Part[] {
  const year = clerk.pick(['Năm sinh', 'Sinh năm', 'NĂM SINH']);
  const date = clerk.pick(['Ngày sinh', 'Ngày, tháng, năm sinh', 'Ngày tháng năm sinh']);
  switch (by) {
    case 'year':
      return [plain(year, (member) => member.year)];
    case 'words':
      return [plain(year, (member) => clerk.pick([String(member.year), `SN ${member.year}`]))];
    case 'date':
      return [plain(date, (member) => clerk.pick([member.date, member.date, member.year]))];
    case 'men_and_women':
      return [
        {
          heading: 'Năm sinh',
          under: ['Nam', 'Nữ'],
          cells: (member) => [member.sex === 'Nam' ? member.year : null, member.sex === 'Nữ' ? member.year : null],
        },
      ];
    case 'three_columns':
      return [
        {
          heading: date,
          under: ['Ngày', 'Tháng', 'Năm'],
          cells: (member) => member.date.split('/').map(Number),
        },
      ];
    default:
      return [];
  }
}

function title(clerk: Clerk): Cells[] {
  if (!clerk.chance(0.7)) return [];
  return [['ĐẢNG BỘ XÃ BẢN MỚI'], ['DANH SÁCH ĐẠI BIỂU DỰ HỘI NGHỊ'], ...(clerk.chance(0.4) ? [[]] : [])];
}

function headings(clerk: Clerk, parts: readonly Part[]): Cells[] {
  const top = parts.flatMap(({ heading, under }) => [heading, ...under.slice(1).map(() => null)]);
  const below = parts.flatMap(({ under }) => under);
  const numbers = top.map((_, i) => `(${i + 1})`);
  return [
    top,
    ...(below.some((text) => text !== null) ? [below] : []),
    ...(top.length > 2 && clerk.chance(0.2) ? [numbers] : []),
  ];
}

function body(
  clerk: Clerk,
  list: { members: readonly Member[]; parts: readonly Part[]; unitBy: string; restarts: boolean },
): Cells[] {
  const { members, parts, unitBy, restarts } = list;
  const nameColumn = columnOfName(parts);
  let ordinal = 0;
  let sections = 0;
  return members.flatMap((member) => {
    const rows: Cells[] = [];
    if (member.isFirst && restarts) ordinal = 0;
    if (member.isFirst && unitBy.endsWith('section')) {
      const text = `${member.unit}${clerk.chance(0.2) ? ' (5 đồng chí)' : ''}`;
      const row: Cells = Array.from({ length: nameColumn + 1 }, () => null);
      if (unitBy === 'numbered_section') [row[0], row[nameColumn]] = [['I', 'II', 'III', 'IV'][sections] ?? 'V', text];
      else row[clerk.pick([0, nameColumn])] = text;
      sections += 1;
      rows.push(row);
    }
    ordinal += 1;
    rows.push(parts.flatMap((part) => part.cells(member, ordinal)));
    return clerk.chance(0.04) ? [...rows, []] : rows;
  });
}

function ending(clerk: Clerk, parts: readonly Part[], count: number): Cells[] {
  const width = parts.reduce((sum, { under }) => sum + under.length, 0);
  const at = (column: number, text: string): Cells => [...Array.from({ length: column }, () => null), text];
  const sum = clerk.pick([`Tổng cộng: ${count} đồng chí`, `Tổng số: ${count}`, `Danh sách này có ${count} người`]);
  const office = clerk.pick(['T/M ĐẢNG ỦY', 'TM. CHI BỘ', 'NGƯỜI LẬP BIỂU', 'THỦ TRƯỞNG ĐƠN VỊ']);
  const column = Math.max(0, width - clerk.int(1, 3));
  return [
    ...(clerk.chance(0.5) ? [at(clerk.pick([0, columnOfName(parts)]), sum)] : []),
    ...(clerk.chance(0.5)
      ? [at(column, 'Bản Mới, ngày 20 tháng 11 năm 2026'), at(column, office), [], at(column, SIGNER)]
      : []),
  ];
}

function columnOfName(parts: readonly Part[]): number {
  const at = parts.findIndex(({ heading }) => /^họ/iu.test(heading));
  return parts.slice(0, at).reduce((sum, { under }) => sum + under.length, 0);
}
