import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import i18next from 'i18next';
import { expect, test } from 'vitest';
import { CAUSES } from '../../electron/shared/causes.ts';
import { StreamLack } from '../../electron/contract/broadcast.ts';
import { CHECK_TEXTS_VI } from '../../electron/shared/checks/texts-vi.ts';
import { TIMELINE_VI } from '../../electron/shared/timeline/words-vi.ts';
import { en } from '../../renderer/i18n/en.ts';
import { startTexts } from '../../renderer/i18n/index.ts';
import { vi } from '../../renderer/i18n/vi.ts';
import { keepTogether } from '../../electron/shared/keep-together.ts';

type Tree = { readonly [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flatten(value, `${prefix}${key}.`),
  );
}

const DOCUMENTS = path.resolve(import.meta.dirname, '../../electron/core/report/documents');
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
    const known = names(vietnamese.get(key.replace(/_one$/u, '')) ?? '');
    return names(text).flatMap((name) => (known.includes(name) ? [] : [`${key}: ${name}`]));
  });
  expect(unknown).toEqual([]);
});

test('a text that reads otherwise for one is given the number wherever it is used, and Vietnamese stays as it is', async () => {
  const code = sources.map((file) => readFileSync(path.join(RENDERER, file), 'utf8')).join('\n');
  const ones = flatten(en).flatMap(([key]) => (key.endsWith('_one') ? [key.slice(0, -'_one'.length)] : []));
  const withoutNumber = ones.filter((key) => {
    const byName = code.split(`'${key}'`).slice(1);
    const uses = byName.length > 0 ? byName : code.split(`\`${key.slice(0, key.lastIndexOf('.'))}.\${`).slice(1);
    return uses.length === 0 || uses.some((rest) => !/^[^;]{0,200}?\bcount: /u.test(rest));
  });
  expect(withoutNumber).toEqual([]);
  await startTexts({ vi, en });
  const [english, vietnamese] = [i18next.getFixedT('en'), i18next.getFixedT('vi')];
  const read = (t: typeof english) => [1, 2].map((n) => t('people.list.found', { count: n, total: n }));
  expect(read(english)).toEqual(['1 person', '2 people']);
  expect(read(vietnamese)).toEqual(['1 người', '2 người']);
  expect([1, 4].map((count) => english('console.totals.walkIns', { count }))).toEqual(['Walk-in', 'Walk-ins']);
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

/** Words between two tags, and names of controls, that stand in a component itself. */
function listLiterals(code: string): string[] {
  return [
    ...code.matchAll(/[>}]([^<>{}=;()]*\p{L}{2}[^<>{}=;()]*)<\//gu),
    ...code.matchAll(/\b(?:aria-label|title|placeholder|alt)="([^"]*\p{L}{2}[^"]*)"/gu),
  ].map((match) => (match[1] ?? '').trim());
}

test('no component writes words of its own, in any language', () => {
  const planted = '<p>Loading</p> <b>{n} files left</b> <input placeholder="Search" /> <p>{t(\'a.b\')}</p>';
  expect(listLiterals(planted)).toEqual(['Loading', 'files left', 'Search']);
  const found = sources
    .filter((file) => file.endsWith('.tsx'))
    .flatMap((file) =>
      listLiterals(readFileSync(path.join(RENDERER, file), 'utf8')).map((words) => `${file}: ${words}`),
    );
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

/** Names that Vietnamese offices write as they are, and what is given in brackets for the people of the centre. */
const TAKEN_OVER = new Set(
  'PIN USB Wi-Fi Linux web PDF Word Excel CSV QR UTF-8 US HTML Windows Caps Lock xlsx xls proxy DNS tivi video VNeID CORS HLS EVENT English DUC NVD p Mbit GB mili'.split(
    ' ',
  ),
);

/** Words that are no Vietnamese syllable by their letters. */
function listForeign(text: string): string[] {
  const plain = text.replaceAll(/\{\{\w+\}\}/gu, ' ').replaceAll(/\([^()]*[A-Za-z]{3}[^()]*\)/gu, (inner) =>
    // Technical names stand in brackets after the plain words, for the centre only.
    /[\u00c0-\u1ef9]/u.test(inner) ? inner : ' ',
  );
  const syllable =
    /^(?:b|ch|c|d|g|gh|gi|h|kh|k|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?[aeiouy]{1,3}(?:ch|c|m|n|ng|nh|p|t)?$/u;
  return (plain.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}-]*/gu) ?? []).flatMap((word) => {
    if (TAKEN_OVER.has(word) || /\d/u.test(word)) return [];
    const bare = word
      .normalize('NFD')
      .replaceAll(/\p{M}/gu, '')
      .replaceAll(/[\u0111\u0110]/gu, 'd')
      .toLowerCase();
    return bare.length === 1 || bare.split('-').every((part) => syllable.test(part)) ? [] : [word];
  });
}

test('no English or code word stands in a Vietnamese text', () => {
  // The control: what the screens once said.
  for (const wrong of [
    'do technician \u0111\u1ebfm',
    'Lỗi gần nhất: refused',
    'Kiosk tự bắt',
    'not_open',
    'report 7f3a',
  ])
    expect([wrong, listForeign(wrong).length > 0]).toEqual([wrong, true]);
  const shown = [vi as Tree, { checks: CHECK_TEXTS_VI, timeline: TIMELINE_VI } as unknown as Tree].flatMap((tree) =>
    flatten(tree),
  );
  const found = shown.flatMap(([key, text]) => listForeign(text).map((word) => `${key}: ${word}`));
  expect(found.filter((line) => !line.startsWith('language.'))).toEqual([]);
});

/** Second names of things, and spellings that the screens do not use. */
const DROPPED = [
  /Phụ trách/u,
  /Đi muộn/u,
  /\bMuộn \{/u,
  /lần xuất/u,
  /DIỄN TẬP/u,
  /Buổi họp/u,
  /kiosk/iu,
  /màn chiếu/iu,
  /bảng điều khiển/iu,
  /gói (dữ liệu|hội nghị)/iu,
  /kỹ thuật viên/iu,
  /Tải về/u,
  /thẻ nhớ/iu,
  /Bổ sung tại chỗ/iu,
  /Quân số kiểm đếm/iu,
  /điểm cầu trung tâm/iu,
  /(kh|x)oá/iu,
];

test('a machine seals, only people sign; one thing has one name', () => {
  const texts = flatten(vi).map(([key, text]) => `${key}: ${text}`);
  // "ký" of a package is the province's digital signature, of a receipt too.
  const isSigning = (text: string): boolean =>
    /(?<!chữ |nhật |chu |thư |phần )(?<!\p{L})ký(?!\p{L}| tự| hiệu)/iu.test(text);
  expect(['Báo cáo đã ký', 'Ký bản bổ sung', 'chữ ký số của tỉnh', 'Mã nhật ký'].map(isSigning)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(texts.filter((text) => isSigning(text.replace(/^[^:]*: /u, '')))).toEqual([]);
  const elsewhere = [...flatten(CHECK_TEXTS_VI as unknown as Tree), ...flatten(TIMELINE_VI as unknown as Tree)].map(
    ([key, text]) => `${key}: ${text}`,
  );
  const inDocuments = readdirSync(DOCUMENTS).flatMap((file) =>
    readFileSync(path.join(DOCUMENTS, file), 'utf8')
      .split('\n')
      // Only lines with Vietnamese words speak to a reader of the document.
      .filter((line) => /[\u00e0-\u1ef9]/u.test(line))
      .map((line) => `${file}: ${line}`),
  );
  const said = [...texts, ...elsewhere, ...inDocuments].map((text) => [text, text.replace(/^[^:]*: /u, '')] as const);
  for (const dropped of DROPPED)
    expect(said.filter(([, words]) => dropped.test(words.replace(/^\s*\w+: /u, ''))).map(([text]) => text)).toEqual([]);
});

test.each([
  ['vi', vi as Tree, /\u201c([^\u201d]+)\u201d/gu],
  ['en', en as Tree, /\u201c([^\u201d]+)\u201d/gu],
])('what the help page quotes in %s is written so on the screens', (_, texts, quoted) => {
  const { help, ...screens } = texts;
  const written = new Set(flatten(screens).map(([, text]) => text));
  const quotes = flatten(help as Tree).flatMap(([key, text]) =>
    [...text.matchAll(quoted)].map((match) => [key, match[1] ?? ''] as const),
  );
  expect(quotes.length).toBeGreaterThan(30);
  // What the system itself writes.
  const ofSystem = ['Mở rộng', 'Extend'];
  expect(quotes.filter(([, words]) => !written.has(words) && !ofSystem.includes(words))).toEqual([]);
});

test.each([vi, en])('in the three faults of a hall each line says first what is seen', ({ help: { steps } }) => {
  for (const topic of ['picture', 'sound', 'network'] as const)
    for (const line of steps[topic].split('\n')) expect(line).toMatch(/^[^:]{3,50}: \S/u);
});

test('a title is never broken inside a word', () => {
  const title = 'Hội nghị trực tuyến toàn quốc nghiên cứu, học tập, quán triệt Nghị quyết của Đảng';
  expect(keepTogether(title).replaceAll('\u00a0', '_')).toBe(
    'Hội_nghị trực_tuyến toàn_quốc nghiên_cứu, học_tập, quán_triệt Nghị_quyết của Đảng',
  );
  expect(keepTogether(title).replaceAll('\u00a0', ' ')).toBe(title);
  expect(keepTogether('Chiến lược, học')).toBe('Chiến\u00a0lược, học');
  expect(keepTogether('Chi bộ Tổ dân phố 2')).toBe('Chi\u00a0bộ Tổ\u00a0dân\u00a0phố\u00a02');
  expect(keepTogether('về kinh tế - xã hội').replaceAll('\u00a0', '_')).toBe('về kinh_tế_- xã_hội');
  expect(keepTogether('27 đại biểu')).toBe('27 đại\u00a0biểu');
  expect(keepTogether('về học, tập hai')).toBe('về học, tập hai');
});
