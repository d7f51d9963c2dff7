import { expect, test } from 'vitest';
import { charOfKey, RepeatGuard, ScanAssembler, SCAN_SILENCE_MS, type ScanKey } from '../../renderer/ui/scan-keys.ts';
import { classifyScan } from '../../electron/core/attendance/cards.ts';
import { createDice, inventPerson } from '../fixtures/rosters/invented-names.ts';
import { typeScan, type InputMethod, type WedgeMode, type WedgeOptions } from './scan-events.ts';

const options = (more: Partial<WedgeOptions> = {}): WedgeOptions => ({
  mode: 'drop',
  inputMethod: 'none',
  pause: () => 8,
  suffix: 'Enter',
  startAt: 1_000,
  ...more,
});

function readAll(assembler: ScanAssembler, events: ReturnType<typeof typeScan>): string[] {
  const scans: string[] = [];
  let last = 0;
  for (const item of events) {
    if (item.type === 'release') {
      assembler.release({ code: item.code });
      continue;
    }
    last = item.event.timeStamp;
    const { text } = assembler.press(item.event);
    if (text !== null) scans.push(text);
  }
  const silent = assembler.finish(last + SCAN_SILENCE_MS);
  if (silent !== null) scans.push(silent);
  return scans;
}

const key = (code: string, timeStamp: number, more: Partial<ScanKey> = {}): ScanKey => ({
  code,
  key: '',
  shiftKey: false,
  timeStamp,
  ...more,
});

test('all printable ASCII comes back as typed', () => {
  const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('');
  expect(readAll(new ScanAssembler(), typeScan(ascii, options()))).toEqual([ascii]);
  expect(charOfKey('F5', false)).toBeNull();
  expect(charOfKey('Numpad7', false)).toBe('7');
});

test('a scan ends by Enter, Tab or silence', () => {
  for (const suffix of ['Enter', 'NumpadEnter', 'Tab', 'silence'] as const)
    expect(readAll(new ScanAssembler(), typeScan('001090000001', options({ suffix })))).toEqual(['001090000001']);
});

test('silence shorter than the limit ends nothing', () => {
  const assembler = new ScanAssembler();
  let at = 0;
  for (const digit of '001090000001') assembler.press(key(`Digit${digit}`, (at += 20)));
  expect(assembler.finish(at + SCAN_SILENCE_MS - 1)).toBeNull();
  expect(assembler.finish(at + SCAN_SILENCE_MS)).toBe('001090000001');
  expect(assembler.finish(at + 10_000)).toBeNull();
});

test('a slow scanner may take more than five seconds for one card', () => {
  const text = `001090000001|012345678|${'A'.repeat(60)}|01021990|Nam|B, C|10052021`;
  const events = typeScan(text, options({ pause: () => 70 }));
  const last = events.at(-1);
  expect(last?.type === 'press' && last.event.timeStamp).toBeGreaterThan(6_000);
  expect(readAll(new ScanAssembler(), events)).toEqual([text]);
});

test('a pause of more than 100 ms parts two scans', () => {
  const assembler = new ScanAssembler();
  const first = typeScan('001090000001', options({ suffix: 'silence' }));
  const second = typeScan('001090000002', options({ startAt: 1_300 }));
  expect(readAll(assembler, [...first, ...second])).toEqual(['001090000001', '001090000002']);
});

test('a person typing letters, even fast, is no scan, and their keys are left to the page', () => {
  const assembler = new ScanAssembler();
  let at = 0;
  const verdicts = Array.from('nguyenvanduc').map((c) => assembler.press(key(`Key${c.toUpperCase()}`, (at += 80))));
  expect(verdicts.every((v) => v.text === null && !v.isBurst)).toBe(true);
  expect(assembler.press(key('Enter', at + 80))).toEqual({ text: null, isBurst: false });
  expect(assembler.press(key('Enter', at + 900))).toEqual({ text: null, isBurst: false });
});

test('a scanner is recognised after three keys, so that no later key reaches the page', () => {
  const assembler = new ScanAssembler();
  const verdicts = Array.from('00109').map((c, i) => assembler.press(key(`Digit${c}`, 10 * i)).isBurst);
  expect(verdicts).toEqual([false, false, true, true, true]);
});

test('letters alone are a name, however fast they come: none is kept from the page, and Enter ends no scan', () => {
  const assembler = new ScanAssembler();
  const verdicts = Array.from('nguyenduc').map((c, i) => assembler.press(key(`Key${c.toUpperCase()}`, 2 * i)).isBurst);
  expect(verdicts).not.toContain(true);
  expect(assembler.press(key('Enter', 20))).toEqual({ text: null, isBurst: false });
});

test('keys with Control are never part of a scan', () => {
  const assembler = new ScanAssembler();
  const scans: (string | null)[] = [];
  let at = 0;
  for (const digit of '001090000001') {
    scans.push(assembler.press(key(`Digit${digit}`, (at += 5))).text);
    assembler.press(key('BracketRight', (at += 5), { ctrlKey: true }));
  }
  expect(assembler.press(key('Enter', at + 5)).text).toBe('001090000001');
});

test('Alt with number pad digits gives characters, with or without keyup events', () => {
  for (const hasKeyup of [true, false]) {
    const events = typeScan('BP1|v-1|TOKEN7', options({ mode: 'alt_all', hasKeyup }));
    expect(readAll(new ScanAssembler(), events)).toEqual(['BP1|v-1|TOKEN7']);
  }
  const events = typeScan('001090000001|Ngọc|', options({ mode: 'alt_bytes' }));
  expect(readAll(new ScanAssembler(), events)).toEqual([`001090000001|${Buffer.from('Ngọc').toString('latin1')}|`]);
});

test('the same code within three seconds is the same holding of the card', () => {
  const guard = new RepeatGuard();
  expect(guard.isRepeat('a', 0)).toBe(false);
  expect(guard.isRepeat('a', 2_900)).toBe(true);
  expect(guard.isRepeat('a', 5_000)).toBe(true);
  expect(guard.isRepeat('b', 5_100)).toBe(false);
  expect(guard.isRepeat('a', 5_200)).toBe(false);
  expect(guard.isRepeat('a', 8_200)).toBe(false);
});

const MODES: WedgeMode[] = ['drop', 'packet', 'alt_bytes', 'alt_all', 'decimal_bytes', 'decimal_points'];
const METHODS: InputMethod[] = ['none', 'unikey_telex', 'unikey_vni', 'process', 'vietnamese_layout'];
const CONSONANTS = '0123456789BCGHKMNPQTV';

test('3,000 scans through every scanner mode and input method: none wrong', () => {
  const dice = createDice(4);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(dice() * list.length)] as T;
  const digits = (n: number): string => Array.from({ length: n }, () => Math.floor(dice() * 10)).join('');
  const day = (): string =>
    `${String(1 + Math.floor(dice() * 28)).padStart(2, '0')}${String(1 + Math.floor(dice() * 12)).padStart(2, '0')}`;
  const assembler = new ScanAssembler();
  let clock = 0;
  let wrong = 0;
  const seen = new Set<string>();
  for (let i = 0; i < 3_000; i++) {
    const { name, sex, birthYear } = inventPerson(dice);
    const century = birthYear < 2000 ? 0 : 2;
    const number = `0${1 + Math.floor(dice() * 9)}0${century + (sex === 'male' ? 0 : 1)}${String(birthYear).slice(2)}${digits(6)}`;
    const birth = `${day()}${birthYear}`;
    const sexWord = sex === 'male' ? 'Nam' : 'Nữ';
    const old = dice() < 0.5 ? digits(9) : '';
    const token = Array.from({ length: 10 }, () => pick(Array.from(CONSONANTS))).join('');
    const citizen = `${number}|${old}|${name}|${birth}|${sexWord}|Tổ ${1 + (i % 12)}, Phường Đồng Tâm, Tỉnh Phú Thọ|${day()}2021`;
    const kind = pick(['2021', '2024', 'party', 'badge', 'number', 'old'] as const);
    const text = {
      '2021': citizen,
      '2024': `${citizen}||||`,
      party: `${number}|${name.toUpperCase()}|${birth}|${day()}1995|${day()}1996|Đảng ủy phường Đồng Tâm|${day()}2025`,
      badge: `BP1|dc-${i % 7}|${token}`,
      number,
      old: digits(9),
    }[kind];
    const wedge = {
      mode: pick(MODES),
      inputMethod: pick(METHODS),
      pause: () => 1 + Math.floor(dice() * 60),
      suffix: pick(['Enter', 'NumpadEnter', 'Tab', 'silence'] as const),
      startAt: (clock += 30_000),
      hasKeyup: dice() < 0.5,
    };
    // With every byte through Alt there is no word for an input method to rewrite.
    if (wedge.mode === 'alt_all') wedge.inputMethod = 'none';
    const scans = readAll(assembler, typeScan(text, wedge));
    const read = classifyScan(scans[0] ?? '', 'dc-3');
    const expected = {
      '2021': { kind: 'citizen_card', number, oldNumber: old || null, birthDate: iso(birth) },
      '2024': { kind: 'citizen_card', number, oldNumber: old || null, birthDate: iso(birth) },
      party: { kind: 'party_card', number, birthDate: iso(birth) },
      badge: { kind: 'badge', venueId: `dc-${i % 7}`, token, isThisVenue: i % 7 === 3 },
      number: { kind: 'number', number },
      old: { kind: 'number', number: text },
    }[kind];
    const matches = Object.entries(expected).every(([field, value]) => Reflect.get(read, field) === value);
    if (!matches || scans.length !== 1) {
      wrong++;
      if (wrong > 3) continue;
      process.stderr.write(`${JSON.stringify({ text, wedge, scans, read })}\n`);
    }
    // Nothing of the name may come out.
    expect(JSON.stringify(read)).not.toContain(name);
    seen.add(`${kind} ${wedge.mode} ${wedge.inputMethod}`);
  }
  expect(wrong).toBe(0);
  expect(seen.size).toBeGreaterThan(120);
});

const iso = (ddmmyyyy: string): string => `${ddmmyyyy.slice(4)}-${ddmmyyyy.slice(2, 4)}-${ddmmyyyy.slice(0, 2)}`;

test('a scanner that injects characters, without a code or with the same one for all, is read by its characters', () => {
  const card = '001090000001|012345678|Nguyễn Văn Thử|01021990|Nam|Thôn A|10052021';
  for (const code of ['', 'Unidentified', 'KeyA']) {
    const assembler = new ScanAssembler();
    let at = 0;
    let kept = 0;
    let text: string | null = null;
    for (const char of card) {
      const read = assembler.press(key(code, (at += 9), { key: char }));
      if (read.isBurst) kept += 1;
      text ??= read.text;
    }
    text ??= assembler.press(key('Enter', at + 9, { key: 'Enter' })).text;
    expect([code, text]).toEqual([code, card]);
    // From the fourth character on nothing reaches the page.
    expect(kept).toBeGreaterThan(card.length - 6);
  }
});

test('such a scanner gives its Shift and its Enter the same code too', () => {
  const card = '001090000001|012345678|Nguyễn Văn Thử|01021990|Nam|Thôn A|10052021';
  for (const code of ['', 'Unidentified', 'KeyA']) {
    const assembler = new ScanAssembler();
    let at = 0;
    for (const char of card) {
      if (/[A-Z|]/u.test(char)) assembler.press(key(code, (at += 4), { key: 'Shift', shiftKey: true }));
      assembler.press(key(code, (at += 9), { key: char }));
    }
    expect([code, assembler.press(key(code, at + 9, { key: 'Enter' }))]).toEqual([code, { text: card, isBurst: true }]);
  }
});

test('characters of an input method between real keys are still left out', () => {
  const assembler = new ScanAssembler();
  let at = 0;
  for (const digit of '001090') {
    assembler.press(key(`Digit${digit}`, (at += 9), { key: digit }));
    assembler.press(key('', (at += 1), { key: 'ă' }));
  }
  expect(assembler.press(key('Enter', at + 9, { key: 'Enter' })).text).toBe('001090');
});

test('a held key is no scan, with or without the word of the keyboard that it is held', () => {
  for (const repeat of [true, false]) {
    const assembler = new ScanAssembler();
    let at = 0;
    const read = Array.from({ length: 40 }, (_, i) =>
      assembler.press(key('Digit5', (at += 30), { key: '5', repeat: repeat && i > 0 })),
    );
    expect(read.every(({ text }) => text === null)).toBe(true);
    expect(assembler.finish(at + SCAN_SILENCE_MS)).toBeNull();
  }
});

test('a code without a digit gets an answer when it comes at the pace of a scanner', () => {
  const text = 'https://example.org/abc';
  expect(readAll(new ScanAssembler(), typeScan(text, options()))).toEqual([text]);
  expect(readAll(new ScanAssembler(), typeScan(text, options({ pause: () => 90 })))).toEqual([]);
});
