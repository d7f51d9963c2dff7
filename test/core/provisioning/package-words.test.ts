import { expect, test } from 'vitest';
import { readPackage } from '../../../electron/core/provisioning/read-package.ts';
import { makePackage } from '../../support/make-package.ts';
import { createProvinceKeys } from '../../support/with-lobby.ts';

/** What a person reads of a damaged package: the thing and the next step, in plain words of both languages. */

const whole = makePackage(createProvinceKeys('tinh'), 'http://127.0.0.1:1', { people: 2 }) as Record<string, unknown>;
const text = JSON.stringify(whole, null, 1);

/** Names that a parser or the schema has for a fault, in any language. */
const CODES =
  /Expected|expected|received|Invalid|invalid|Unexpected|Too (?:small|big)|>=|<=|regex|undefined|ISO|enum|literal|\bNaN\b|JSON/u;
const ENGLISH = /\b(?:must|the|is|of|not|and|file|line|ask|correct|address|digits|list)\b/u;

async function sentencesOf(content: string): Promise<{ en: string; vi: string }> {
  const read = await readPackage(Buffer.from(content), 'goi.json', []);
  if (read.ok) throw new Error('this package should be damaged');
  return { en: read.sentence, vi: read.vi };
}

function expectPlain({ en, vi }: { en: string; vi: string }): void {
  for (const sentence of [en, vi]) expect(sentence).not.toMatch(CODES);
  // A name of a field or a file may stand in quotation marks.
  expect(vi.replaceAll(/"[^"]*"|“[^”]*”/gu, '')).not.toMatch(ENGLISH);
  expect(en).toMatch(/ask the province|copy it again|correct|choose/u);
  expect(vi).toMatch(/xin tỉnh|chép lại|hãy sửa|hãy hỏi/u);
}

test('a file that was cut off anywhere says that it was not copied whole, or what is missing', async () => {
  const cuts = Array.from({ length: 40 }, (_, i) => Math.floor((text.length * (i + 1)) / 41));
  let whereCut = 0;
  for (const at of cuts) {
    const said = await sentencesOf(text.slice(0, at));
    expectPlain(said);
    whereCut += Number(said.vi.includes('chép chưa hết'));
  }
  expect(whereCut).toBeGreaterThanOrEqual(36);
});

test.each([
  ['a comma is missing', '{"a":1 "b":2}', 'thiếu dấu phẩy'],
  ['a colon is missing', '{"a" 1, "b":2}', 'thiếu dấu hai chấm'],
  ['a value is missing', '{"a":, "b":2}', 'thiếu giá trị'],
  ['a name is missing', '{:1,"b":2}', 'thiếu tên mục'],
  ['text after the end', '{"a":1}}', 'còn chữ thừa'],
  ['a wrong letter', '{"a":tru, "b":2}\n', 'dòng 1'],
  ['a string over two lines', '{"a":"x\n","b":2}', 'dòng 1'],
  ['a wrong escape', String.raw`{"a":"\q","b":2}`, 'dòng 1'],
  ['a letter that is none', '{"a":"\u0001","b":2}', 'dòng 1'],
  ['a number that is none', '{"a":-,"b":2}', 'dòng 1'],
])('%s', async (_, content, words) => {
  const said = await sentencesOf(content);
  expectPlain(said);
  expect(said.vi).toContain(words);
});

/** One wrong value for each kind of rule that the schema has. */
const WRONG: [string, Record<string, unknown>, string][] = [
  ['text where a number belongs', { delivery: { ...(whole['delivery'] as object), windowSeconds: 'x' } }, 'một số'],
  ['a number where text belongs', { packageId: 5 }, 'chữ trong dấu ngoặc kép'],
  ['a group where a list belongs', { sittings: {} }, 'danh sách'],
  ['a list where a group belongs', { venue: [] }, 'nhóm mục'],
  ['no entries', { sittings: [] }, 'ít nhất 1 mục'],
  ['an empty name', { conference: { id: 'a', title: ' ' } }, 'để trống'],
  ['too long', { hotline: 'x'.repeat(301) }, 'dài quá 300'],
  ['too large', { privacy: { notice: 'x', retentionDays: 9999 } }, 'lớn hơn 3650'],
  ['too small', { privacy: { notice: 'x', retentionDays: 0 } }, 'nhỏ hơn 1'],
  ['not a whole number', { privacy: { notice: 'x', retentionDays: 1.5 } }, 'số nguyên'],
  ['none of the words', { address: 'sir' }, 'một trong: dong_chi, ong_ba'],
  ['another form', { format: 'session-package/9' }, 'một trong: session-package/1'],
  ['no date', { issuedAt: 'hôm qua' }, 'ngày giờ, ví dụ'],
  ['no address', { delivery: { ...(whole['delivery'] as object), endpoint: 'ftp://x' } }, 'http:// hoặc https://'],
  ['no certificate', { delivery: { ...(whole['delivery'] as object), certificateAuthority: 'x' } }, 'chứng thư'],
  ['a PIN too short', { access: { technicianPin: '12' } }, '6 đến 10 chữ số'],
  ['an id with a space', { packageId: 'a b' }, 'chỉ dùng chữ không dấu'],
  ['a report format', { delivery: { ...(whole['delivery'] as object), reportFormats: ['x'] } }, 'dạng báo cáo'],
  ['an unknown field', { hotlin: 'x' }, 'chính tả'],
  ['a missing field', { conference: { id: 'a' } }, 'còn thiếu'],
  ['a wrong person', { roster: [{ id: 'a', name: 'A', citizenNumber: '1' }] }, '12 chữ số'],
  ['a date of birth', { roster: [{ id: 'a', name: 'A', birthDate: '1/2/1990' }] }, 'phải là ngày'],
  ['a badge', { roster: [{ id: 'a', name: 'A', badge: '!' }] }, 'ký tự không được dùng'],
  [
    'twice the same',
    {
      units: [
        { id: 'u', name: 'U' },
        { id: 'u', name: 'V' },
      ],
    },
    'dùng hai lần',
  ],
  ['a unit that is not there', { units: [{ id: 'u', name: 'U', parentId: 'v' }], roster: [] }, 'không có đơn vị'],
  ['a private key', { keys: { ...(whole['keys'] as object), receipts: [{ kty: 'OKP', d: 'x' }] } }, 'khóa công khai'],
  [
    'a key of another kind',
    { keys: { ...(whole['keys'] as object), reports: { kty: 'OKP', crv: 'Ed25519' } } },
    'X25519',
  ],
];
test.each(WRONG)('%s is said in plain words', async (_, change, words) => {
  const said = await sentencesOf(JSON.stringify({ ...whole, ...change }));
  expectPlain(said);
  expect(said.vi).toContain(words);
});
