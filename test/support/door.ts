import type { CDPSession, Page } from '@playwright/test';
import type { RosterPerson } from '../../electron/contract/session-package.ts';
import { typeScan, type InputMethod, type WedgeEvent, type WedgeMode } from '../renderer/scan-events.ts';
import { createDice } from '../fixtures/rosters/invented-names.ts';
import type { CoreWorld } from './with-core.ts';

/** What the door measured. Milliseconds from the first key of a scan to the end of the confirmation's animation. */
export interface DoorFigures {
  people: number;
  /** Another person was confirmed than the one whose card it was. */
  wrong: number;
  /** No confirmation came, or the log has no arrival. */
  lost: number;
  median_ms: number;
  p95_ms: number;
  max_ms: number;
  /** All of them one after the other at one desk, minutes. */
  door_minutes: number;
}

/** Longer than anybody waits at a door. */
const GIVE_UP_MS = 10_000;
const METHODS: readonly InputMethod[] = ['none', 'unikey_telex', 'unikey_vni', 'process', 'vietnamese_layout'];
const MODES: readonly WedgeMode[] = ['drop', 'packet', 'decimal_bytes', 'decimal_points', 'alt_bytes'];

/** Opens a window of a running core as the shell does: with the window's cookie. */
export async function openWindow(
  page: Page,
  world: Pick<CoreWorld, 'origin' | 'tokens'>,
  role: 'desk' | 'console' | 'lobby',
): Promise<void> {
  await page.context().addCookies([{ name: 'kiosk_token', value: world.tokens[role], url: world.origin }]);
  await page.goto(`${world.origin}/${role}/`);
}

/** One scan by a well-set scanner. */
export async function scanCard(page: Page, text: string): Promise<void> {
  const keys = await page.context().newCDPSession(page);
  const pause = (): number => 8;
  await pressScan(
    keys,
    typeScan(text, { mode: 'drop', inputMethod: 'none', pause, suffix: 'Enter', startAt: 0 }),
    false,
  );
  await keys.detach();
}

/** What is held under the scanner: old and new citizen cards, badges, bare numbers; names come through in every state. */
function codeOf(person: RosterPerson, nth: number): string {
  const birth = `0102${person.birthYear}`;
  const sex = person.sex === 'female' ? 'Nữ' : 'Nam';
  const card = `${person.citizenNumber}|${nth % 3 === 0 ? '' : '012345678'}|${person.name}|${birth}|${sex}|Tổ 5, Phường Đồng Tâm, Tỉnh Phú Thọ|10052021`;
  switch (nth % 5) {
    case 0:
    case 1:
      return card;
    case 2:
      return `${card}||||`;
    case 3:
      return `BP1|PX-001|${person.badge}`;
    default:
      return String(person.citizenNumber);
  }
}

/**
 * Signs people in at the desk by scan, each as soon as the one before was confirmed; the next card interrupts the
 * confirmation. Keys are the browser's own, trusted and with their default actions, at a scanner's pace.
 */
export async function runDoor(page: Page, world: CoreWorld): Promise<DoorFigures> {
  const roster = world.document.roster ?? [];
  const dice = createDice(2026);
  const keys = await page.context().newCDPSession(page);
  const times: number[] = [];
  let wrong = 0;
  let unanswered = 0;
  let last = '';
  for (const [nth, person] of roster.entries()) {
    // The first tenth through a scanner set to end without a key.
    const suffix = nth < roster.length / 10 ? 'silence' : 'Enter';
    const events = typeScan(codeOf(person, nth), {
      mode: MODES[nth % MODES.length] ?? 'drop',
      inputMethod: METHODS[Math.floor(dice() * METHODS.length)] ?? 'none',
      pause: () => 2 + Math.floor(dice() * 12),
      suffix,
      startAt: 0,
      hasKeyup: true,
    });
    const began = performance.now();
    await pressScan(keys, events, suffix === 'silence');
    const shown = await waitForNext(page, last);
    times.push(performance.now() - began);
    if (shown === null) unanswered += 1;
    else {
      if (!shown.text.includes(person.name)) wrong += 1;
      last = shown.ordinal;
    }
  }
  await keys.detach();
  const arrived = world.store.attendance
    .listEvents(world.core.hall.sitting?.id ?? '')
    .map((event) => (event.type === 'arrived' ? event.personId : null));
  const missing = roster.filter((person) => !arrived.includes(person.id)).length;
  const strangers = arrived.length - (roster.length - missing);
  const sorted = times.toSorted((a, b) => a - b);
  const at = (q: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN);
  return {
    people: roster.length,
    wrong: wrong + strangers,
    lost: Math.max(missing, unanswered),
    median_ms: at(0.5),
    p95_ms: at(0.95),
    max_ms: at(1),
    door_minutes: Number((times.reduce((sum, ms) => sum + ms, 0) / 60_000).toFixed(2)),
  };
}

/** The next confirmation, once it stands still; null when none comes. */
async function waitForNext(page: Page, last: string): Promise<{ text: string; ordinal: string } | null> {
  try {
    const found = await page.waitForFunction(
      (last) => {
        const element = document.querySelector('[data-testid="outcome"][data-outcome="signed_in"]');
        const text = element?.textContent ?? '';
        const ordinal = /thứ ([\d.]+) /u.exec(text)?.[1] ?? '';
        const still = element?.getAnimations().every((animation) => animation.playState === 'finished') ?? false;
        return ordinal !== '' && ordinal !== last && still ? { text, ordinal } : null;
      },
      last,
      { timeout: GIVE_UP_MS, polling: 'raf' },
    );
    return await found.jsonValue();
  } catch {
    return null;
  }
}

/**
 * Sends the events at their pace, without waiting for the page between two; `atOnce` after the time they take, for a scan
 * that ends in silence: a pause of this process must not pass for one of the scanner.
 */
export async function pressScan(keys: CDPSession, events: readonly WedgeEvent[], atOnce: boolean): Promise<void> {
  const sent: Promise<unknown>[] = [];
  // The time of a key is when it was pressed, as the system says it, however late the page hears of it.
  const began = Date.now();
  const lastEvent = events.findLast((each) => each.type === 'press');
  let now = 0;
  if (atOnce && lastEvent?.type === 'press') {
    now = lastEvent.event.timeStamp;
    await new Promise((resolve) => setTimeout(resolve, now));
  }
  for (const each of events) {
    if (each.type === 'release') {
      sent.push(keys.send('Input.dispatchKeyEvent', { type: 'keyUp', code: each.code, key: 'Alt' }));
      continue;
    }
    const { code, key, shiftKey, altKey, timeStamp } = each.event;
    // Waits in steps of what a timer can do; a scanner's keys come in such bunches through USB too.
    if (timeStamp - now > 15) {
      await new Promise((resolve) => setTimeout(resolve, timeStamp - now));
      now = timeStamp;
    }
    const writes = key.length === 1 && altKey !== true;
    const modifiers = (altKey === true ? 1 : 0) + (shiftKey ? 8 : 0);
    const common = {
      code,
      key,
      modifiers,
      windowsVirtualKeyCode: key === 'Process' ? 229 : virtualKey(code),
      timestamp: (began + timeStamp) / 1000,
    };
    sent.push(
      keys.send('Input.dispatchKeyEvent', {
        ...common,
        type: writes || key === 'Enter' ? 'keyDown' : 'rawKeyDown',
        ...(writes ? { text: key } : key === 'Enter' ? { text: '\r' } : {}),
      }),
    );
    if (code !== 'AltLeft' && code !== '') sent.push(keys.send('Input.dispatchKeyEvent', { ...common, type: 'keyUp' }));
  }
  await Promise.all(sent);
}

function virtualKey(code: string): number {
  if (code === 'Enter') return 13;
  if (code === 'Backspace') return 8;
  const character = /^(?:Key|Digit)(.)$/u.exec(code)?.[1];
  return character === undefined ? 0 : character.charCodeAt(0);
}
