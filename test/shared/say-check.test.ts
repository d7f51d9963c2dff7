import { expect, test } from 'vitest';
import { CHECKS, type CheckId, type CheckState } from '../../electron/contract/checks.ts';
import { checkTexts, sayCheck } from '../../electron/shared/checks/say-check.ts';
import { countGroup, verdictOf } from '../../electron/shared/checks/verdict.ts';

const IDS = Object.keys(CHECKS) as CheckId[];

test('every word has a sentence in both languages, and one next step wherever a person is needed', () => {
  for (const language of ['vi', 'en'] as const) {
    const { words } = checkTexts(language);
    for (const id of IDS) {
      const states: Readonly<Record<string, CheckState>> = CHECKS[id];
      const said: Readonly<Record<string, readonly [string, string?]>> = words[id];
      expect([language, id, Object.keys(said).toSorted()]).toEqual([language, id, Object.keys(states).toSorted()]);
      for (const [word, state] of Object.entries(states)) {
        const [says, next] = said[word] ?? [''];
        expect([language, id, word, says.length > 5, next !== undefined]).toEqual([
          language,
          id,
          word,
          true,
          state !== 'green',
        ]);
      }
    }
  }
});

test('both languages ask for the same facts', () => {
  const facts = (language: 'vi' | 'en', id: CheckId, word: string): string[] => {
    const said: Readonly<Record<string, readonly [string, string?]>> = checkTexts(language).words[id];
    return [...new Set((said[word] ?? []).join(' ').match(/\{\{\w+\}\}/gu) ?? [])].toSorted();
  };
  for (const id of IDS)
    for (const word of Object.keys(CHECKS[id]))
      expect([id, word, facts('vi', id, word)]).toEqual([id, word, facts('en', id, word)]);
});

test('numbers, moments and causes are said as people write them', () => {
  const disk = { check: 'disk', word: 'good', facts: { free: 1.25, ms: 12.4 } };
  expect(sayCheck(disk, 'vi').says).toBe('Còn trống 1,3 GB. Ghi chắc chắn một lần mất 12 mili giây.');
  expect(sayCheck(disk, 'en').says).toContain('1.3 GB');
  const province = { check: 'province', word: 'fails', facts: { host: 'tinh.example', cause: 'refused' } };
  expect(sayCheck(province, 'vi')).toEqual({
    title: 'Đường gửi về tỉnh',
    says: 'Chưa tới được máy chủ của tỉnh (tinh.example): Máy chủ từ chối kết nối: dịch vụ ở đó đang tắt.',
    next: 'Không cần làm gì ở điểm cầu. Báo hỗ trợ kỹ thuật.',
  });
  const heard = { check: 'sound', word: 'heard', facts: { device: '–', heardAt: Date.UTC(2026, 10, 20, 0, 30) } };
  expect(sayCheck(heard, 'vi').says).toContain('07:30');
});

test('what another version of the program found still says its state, and never fails', () => {
  expect(sayCheck({ check: 'disk', word: 'toString', facts: {} }, 'vi').next).toBeNull();
  expect(sayCheck({ check: 'constructor', word: 'x', facts: {} }, 'vi').title).toBe('constructor');
  expect(sayCheck({ check: 'disk', word: 'not_done', facts: {} }, 'vi').next).toContain('Kiểm tra lại');
});

test('the one word: red outweighs yellow, and nothing wrong is ready', () => {
  const of = (...states: CheckState[]) => verdictOf(states.map((state) => ({ check: 'disk', word: 'x', state })));
  expect([of('green'), of('green', 'yellow'), of('yellow', 'red')]).toEqual([
    'ready',
    'ready_with_remarks',
    'not_ready',
  ]);
});

test('what cannot be seen on this PC, or is for after the sitting, is said and does not colour the word; a remark for now does', () => {
  const of = (check: CheckId, word: string) => {
    const states: Readonly<Record<string, CheckState>> = CHECKS[check];
    return { check, word, state: states[word]! };
  };
  const aside = [
    ...(Object.keys(CHECKS) as CheckId[]).filter((id) => 'unknown' in CHECKS[id]).map((id) => of(id, 'unknown')),
    of('updates', 'pending'),
    of('lockdown', 'not_set'),
  ];
  expect(aside.length).toBeGreaterThanOrEqual(9);
  for (const outcome of aside) {
    expect([outcome, verdictOf([outcome])]).toEqual([outcome, 'ready']);
    // It is said all the same, with what a person may do.
    expect([outcome, sayCheck({ ...outcome, facts: {} }, 'vi').next]).not.toEqual([outcome, null]);
  }
  expect(countGroup(aside, 'aside')).toBe(aside.length);
  for (const remark of [
    of('autostart', 'off'),
    of('pins', 'no_chair'),
    of('updates', 'long_ago'),
    of('displays', 'one'),
  ])
    expect([remark, verdictOf([remark, ...aside])]).toEqual([remark, 'ready_with_remarks']);
  expect(verdictOf([of('lockdown', 'broken')])).toBe('not_ready');
});
