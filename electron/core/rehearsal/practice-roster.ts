import type { RosterPerson, Unit } from '../../contract/session-package.ts';

const FAMILY = [
  'Nguyễn',
  'Trần',
  'Lê',
  'Phạm',
  'Hoàng',
  'Huỳnh',
  'Phan',
  'Vũ',
  'Võ',
  'Đặng',
  'Bùi',
  'Đỗ',
  'Hồ',
  'Ngô',
  'Dương',
  'Lý',
];
const MIDDLE_MALE = ['Văn', 'Đức', 'Hữu', 'Quang', 'Xuân', 'Công', 'Đình', 'Minh'];
const MIDDLE_FEMALE = ['Thị', 'Thị Thu', 'Thị Ngọc', 'Thanh', 'Thị Kim', 'Thị Bích', 'Diệu'];
const GIVEN_MALE = [
  'An',
  'Bình',
  'Cường',
  'Dũng',
  'Đạt',
  'Giang',
  'Hải',
  'Hùng',
  'Khánh',
  'Long',
  'Nam',
  'Phúc',
  'Quân',
  'Sơn',
  'Thắng',
  'Tuấn',
  'Vinh',
  'Ước',
];
const GIVEN_FEMALE = [
  'Anh',
  'Bích',
  'Châu',
  'Dung',
  'Đào',
  'Hà',
  'Hạnh',
  'Hoà',
  'Hương',
  'Lan',
  'Loan',
  'Mai',
  'Nga',
  'Oanh',
  'Phượng',
  'Thuỷ',
  'Tuyết',
  'Yến',
];
const POSITIONS = [
  'Bí thư Chi bộ',
  'Phó Bí thư Chi bộ',
  'Chi ủy viên',
  'Đảng viên',
  'Đảng viên',
  'Đảng viên',
  'Đảng viên',
];
const UNITS = [
  'Tổ dân phố 1',
  'Tổ dân phố 2',
  'Tổ dân phố 3',
  'Tổ dân phố 4',
  'Trường THCS',
  'Trạm Y tế',
  'Quân sự',
  'Công an',
  'Cơ quan phường',
  'Hưu trí',
];

/** A small generator with a fixed seed: the same practice roster on every PC (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Invented people for a rehearsal, in units; names repeat as they do in a real hall. */
export function makePracticeRoster(count: number): { units: Unit[]; roster: RosterPerson[] } {
  const random = seeded(20_260_207);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const units = UNITS.map((name, i) => ({ id: `cb${i + 1}`, name: `Chi bộ ${name}` }));
  const roster = Array.from({ length: count }, (_, i): RosterPerson => {
    const female = random() < 0.45;
    const name = `${pick(FAMILY)} ${pick(female ? MIDDLE_FEMALE : MIDDLE_MALE)} ${pick(female ? GIVEN_FEMALE : GIVEN_MALE)}`;
    const birthYear = 1942 + Math.floor(random() * 58);
    const sexDigit = (birthYear >= 2000 ? 2 : 0) + (female ? 1 : 0);
    return {
      id: `p${String(i + 1).padStart(4, '0')}`,
      name,
      birthYear,
      sex: female ? 'female' : 'male',
      position: pick(POSITIONS),
      unitId: pick(units).id,
      // Province 099 does not exist, so no real number can be met.
      citizenNumber: `099${sexDigit}${String(birthYear % 100).padStart(2, '0')}${String(i + 1).padStart(6, '0')}`,
      // Consonants only: a Vietnamese input method eats a tone key or digit after a vowel.
      badge: `CTH${String(i + 1).padStart(5, '0')}`,
    };
  });
  return { units, roster };
}
