import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Person } from '../../../electron/contract/attendance.ts';
import { givenNameOf } from '../../../electron/shared/names.ts';
import { NameSearch } from '../../../electron/core/attendance/search.ts';

let next = 0;
function person(name: string, more: Partial<Person> = {}): Person {
  next++;
  return {
    id: `p${next}`,
    name,
    givenName: givenNameOf(name),
    birthYear: null,
    birthDate: null,
    sex: null,
    position: null,
    unitId: null,
    unitName: null,
    kind: 'summoned',
    substituteFor: null,
    numberTail: null,
    note: null,
    ...more,
  };
}

const NAMES = [
  'Nguyễn Văn Đức',
  'Đức Thị Lan',
  'Nguyễn Đức Thắng',
  'Nguyễn Văn Dục',
  'Đặng Thị Thuỷ',
  'Trần Thị Hoà',
  'Trần Thị Hòa',
  'Trần Thị Hoa',
  'Lê Hoàng Phương',
  'Nguyễn Hữu Nguyên',
  "H'Hen Niê",
  'Y-Moan Êban',
  'Võ Minh Quang',
  'Quách Thị Xuân',
  'Phạm Bảo Anh',
];
const search = new NameSearch(NAMES.map((name) => person(name)));

function find(query: string, limit = 5, engine = search): string[] {
  const answer = engine.search(query, limit);
  return 'error' in answer ? [answer.error] : answer.people.map((hit) => hit.person.name);
}

test('one letter, blanks, punctuation or a bare year give no list', () => {
  for (const query of ['', ' ', 'n', 'đ ', '...', ' -,', '1965']) expect(find(query)).toEqual(['query_too_short']);
});

test('marks, case, spaces, punctuation and word order do not matter', () => {
  for (const query of [
    'nguyen van duc',
    'NGUYỄN  VĂN ĐỨC',
    'đức, văn nguyễn',
    'duc nguyen',
    'Nguyễn-Văn-Ðức.',
    'đ/c Nguyễn Văn Đức',
  ])
    expect(find(query).slice(0, 2)).toContain('Nguyễn Văn Đức');
  expect(find('Nguyễn Văn Đức'.normalize('NFD'))[0]).toBe('Nguyễn Văn Đức');
});

test('words may be cut short, each standing for a word of its own', () => {
  expect(find('ngu va du')).toContain('Nguyễn Văn Đức');
  expect(find('nguyen nguyen')).toEqual(['Nguyễn Hữu Nguyên']);
  expect(find('n nguyen')).toContain('Nguyễn Hữu Nguyên');
  expect(find('duc duc')).toEqual([]);
});

test('the given name comes before the middle and family name', () => {
  expect(find('đức')).toEqual(['Nguyễn Văn Đức', 'Đức Thị Lan', 'Nguyễn Đức Thắng', 'Nguyễn Văn Dục']);
  expect(find('anh')[0]).toBe('Phạm Bảo Anh');
});

test('typed marks push others down without hiding them, and either tone placement agrees', () => {
  expect(find('trần thị hòa').slice(0, 2).toSorted()).toEqual(['Trần Thị Hoà', 'Trần Thị Hòa'].toSorted());
  expect(find('trần thị hòa')).toContain('Trần Thị Hoa');
  expect(find('tran thi hoa')[0]).toBe('Trần Thị Hoa');
  expect(find('dang thi thủy')[0]).toBe('Đặng Thị Thuỷ');
});

test('a half-marked query contradicts nothing', () => {
  const answer = search.search('Nguyên Văn Đưc', 5);
  expect('people' in answer && answer.people[0]?.person.name).toBe('Nguyễn Văn Đức');
  expect('people' in answer && answer.people[0]?.score).toBeGreaterThan(1000);
});

test('initials find a person, with or without đ, and inside a query', () => {
  expect(find('nvd')).toEqual(['Nguyễn Văn Dục', 'Nguyễn Văn Đức']);
  expect(find('nvđ')[0]).toBe('Nguyễn Văn Đức');
  expect(find('N.V. Đức')[0]).toBe('Nguyễn Văn Đức');
  expect(find('nv đuc')[0]).toBe('Nguyễn Văn Đức');
});

test('Telex and VNI keys left in the text are read as marks', () => {
  for (const query of ['Dduwcs', 'Nguyeenx Vawn DDuwsc', 'Nguye64n Va8n D9u71c', 'nguyen64 van8 duc179'])
    expect(find(query)[0]).toBe('Nguyễn Văn Đức');
  expect(find('Phuwowng')[0]).toBe('Lê Hoàng Phương');
  expect(find('Phuongw')[0]).toBe('Lê Hoàng Phương');
  expect(find('Hoang2 Phuong7')[0]).toBe('Lê Hoàng Phương');
  expect(find('Quangs')[0]).toBe('Võ Minh Quang');
  expect(find('Xuaan')[0]).toBe('Quách Thị Xuân');
});

test('words run together, and names with an apostrophe, are found', () => {
  expect(find('nguyenvanduc')).toEqual(['Nguyễn Văn Dục', 'Nguyễn Văn Đức']);
  for (const query of ['hhen', "H'Hen", 'h hen nie', 'hen nie']) expect(find(query)).toEqual(["H'Hen Niê"]);
  expect(find('ymoan')).toEqual(['Y-Moan Êban']);
});

test('one slip is forgiven when nothing answers as typed', () => {
  for (const query of ['nguyem van duc', 'nguyen vna duc', 'nguyen van ducc', 'ngyen van duc'])
    expect(find(query)).toEqual(['Nguyễn Văn Dục', 'Nguyễn Văn Đức']);
  expect(find('dang thi thui')[0]).toBe('Đặng Thị Thuỷ');
  expect(find('zzzzz')).toEqual([]);
});

test('one word that is not in the name is forgiven last', () => {
  expect(find('lê thị hoàng phương')).toEqual(['Lê Hoàng Phương']);
});

test('people with one name are all returned, by birth year, and a year picks among them', () => {
  const years = [1971, 1955, 1963, 1980, 1949, 1990, 1960];
  const engine = new NameSearch([
    ...years.map((birthYear) => person('Trần Văn Nam', { birthYear })),
    person('Trần Văn Nam Anh'),
  ]);
  const answer = engine.search('tran van nam', 3);
  if ('error' in answer) throw new Error(answer.error);
  expect(answer.people.map((hit) => hit.person.birthYear)).toEqual(years.toSorted((a, b) => a - b));
  expect(answer.more).toBe(true);
  const picked = engine.search('tran van nam 1963', 3);
  expect('people' in picked && picked.people[0]?.person.birthYear).toBe(1963);
});

test('a given name of two words from a column of its own ranks as given name', () => {
  const engine = new NameSearch([
    person('Lê Thị Bảo'),
    person('Lê Bảo Anh', { givenName: 'Bảo Anh' }),
    person('Bảo Thị Lan'),
  ]);
  expect(find('bảo', 5, engine).slice(0, 2).toSorted()).toEqual(['Lê Bảo Anh', 'Lê Thị Bảo']);
});

test('added people are found, removed ones are not, and adding again replaces', () => {
  const engine = new NameSearch([]);
  expect(find('lan', 5, engine)).toEqual([]);
  const lan = person('Hồ Thị Lan');
  engine.add(lan);
  expect(find('lan', 5, engine)).toEqual(['Hồ Thị Lan']);
  engine.add({ ...lan, name: 'Hồ Thị Liên', givenName: 'Liên' });
  expect(find('lan', 5, engine)).not.toContain('Hồ Thị Lan');
  expect(find('lien', 5, engine)).toEqual(['Hồ Thị Liên']);
  expect(engine.size).toBe(1);
  engine.remove(lan.id);
  expect(find('lien', 5, engine)).toEqual([]);
  expect(engine.size).toBe(0);
});

test('i and y are one letter, even where the i form begins another name', () => {
  const engine = new NameSearch(
    ['Nguyễn Thị Kim Hậu', 'Nguyễn Thị Kỷ', 'Lê Thị Minh', 'Lê Thị Mỹ', 'Vi Quốc Kỷ', 'Trần Thị Quỳnh'].map((n) =>
      person(n),
    ),
  );
  expect(find('nguyen thi ki', 3, engine)[0]).toBe('Nguyễn Thị Kỷ');
  expect(find('le thi mi', 3, engine)[0]).toBe('Lê Thị Mỹ');
  expect(find('vy quoc ki', 3, engine)).toEqual(['Vi Quốc Kỷ']);
  expect(find('quinh', 3, engine)).toEqual(['Trần Thị Quỳnh']);
});

test('what people say around a name is left out: a unit, "tôi là", a form of address', () => {
  const engine = new NameSearch([
    person('Nguyễn Ánh Hiền', { unitName: 'Chi bộ 3', sex: 'female' }),
    person('Nguyễn Ánh Hiền', { unitName: 'Chi bộ 4', sex: 'male' }),
    person('Ông Văn Tám'),
    person('Trần Phương Phượng'),
  ]);
  const units = (query: string): (string | null | undefined)[] => {
    const answer = engine.search(query, 3);
    return 'people' in answer ? answer.people.map((hit) => hit.person.unitName) : [];
  };
  for (const query of ['Nguyễn Ánh Hiền, chi bộ 3', 'nguyen anh hien chi bo 3', 'Nguyễn Ánh Hiền (chi bộ 3)'])
    expect(units(query)[0]).toBe('Chi bộ 3');
  expect(units('tôi là nguyễn ánh hiền')).toHaveLength(2);
  expect(units('ông Hiền')[0]).toBe('Chi bộ 4');
  expect(find('ong tam', 3, engine)).toEqual(['Ông Văn Tám']);
  expect(find('tran fuong fuong', 3, engine)).toEqual(['Trần Phương Phượng']);
});

test('a form of address that is also a family name, a word typed twice, and a wrong middle name beside the beginning of another name', () => {
  const chu = [
    person('Chu Ánh Hương', { unitName: 'Chi bộ 18' }),
    person('Lê Lan Ánh Hương', { unitName: 'Chi bộ 18' }),
  ];
  expect(find('Chu Ánh Hương, chi bộ 18', 3, new NameSearch(chu))[0]).toBe('Chu Ánh Hương');
  expect(find('chu anh huong chi bo 18', 3, new NameSearch(chu))[0]).toBe('Chu Ánh Hương');
  const lam = ['Lâm Văn Lâm', 'La Thị Lan', 'Sầm Thị Lan', 'Lâm Thìn'].map((name) => person(name));
  expect(find('lam thi lam', 3, new NameSearch(lam))).toContain('Lâm Văn Lâm');
  const vu = ['Vũ Kim Duyên', 'Vương Văn Quyền'].map((name) => person(name));
  expect(find('vu van duyen', 3, new NameSearch(vu))[0]).toBe('Vũ Kim Duyên');
});

test('slips that hide behind another name: a prefix of somebody else, two words slipped, Telex keys swapped', () => {
  const engine = new NameSearch(
    [
      'Đoàn Thị Hồng',
      'Đoàn Thuỳ Thị Hồng',
      'Nguyễn Công Kỷ',
      'Nguyễn Công Yên',
      'Hoàng Văn Hoàng',
      'Trần Tấn Tài',
      'Tô Thị Tân',
    ].map((n) => person(n)),
  );
  expect(find('doan thu hong', 3, engine)).toContain('Đoàn Thị Hồng');
  expect(find('nguyen cong y', 3, engine)).toContain('Nguyễn Công Kỷ');
  expect(find('hoayg van hloang', 3, engine)).toEqual(['Hoàng Văn Hoàng']);
  expect(find('t tan t', 3, engine)[0]).toBe('Trần Tấn Tài');
  expect(find('hoangf vawn haongf', 3, engine)).toEqual(['Hoàng Văn Hoàng']);
});

test('property: any text gives an answer, with at most one row per person', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 120 }), fc.integer({ min: 1, max: 10 }), (query, limit) => {
      const answer = search.search(query, limit);
      if ('error' in answer) return;
      const ids = answer.people.map((hit) => hit.person.id);
      expect(new Set(ids).size).toBe(ids.length);
    }),
    { numRuns: 500 },
  );
});

test('property: every person is found by the full name typed without marks, in any order of words', () => {
  fc.assert(
    fc.property(fc.constantFrom(...NAMES), fc.infiniteStream(fc.nat()), (name, dice) => {
      const words = name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll(/[đĐ]/gu, 'd').split(' ');
      const shuffled = words.map((w) => ({ w, k: dice.next().value as number })).sort((a, b) => a.k - b.k);
      expect(find(shuffled.map((x) => x.w).join(' '))).toContain(name);
    }),
  );
});
