import type { CDPSession, Page } from '@playwright/test';
import type { RosterPerson } from '../../electron/contract/session-package.ts';
import { typeScan, type InputMethod, type WedgeEvent, type WedgeMode } from '../core/attendance/scan-events.ts';
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

/** Opens the desk of a running core as its own window would: with the window's cookie. */
export async function openWindow(page: Page, world: CoreWorld, role: 'desk' | 'console'): Promise<void> {
  await page.context().addCookies([{ name: 'kiosk_token', value: world.tokens[role], url: world.origin }]);
  await page.goto(`${world.origin}/${role}/`);
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
  for (const [nth, person] of roster.entries()) {
    const events = typeScan(codeOf(person, nth), {
      mode: MODES[nth % MODES.length] ?? 'drop',
      inputMethod: METHODS[Math.floor(dice() * METHODS.length)] ?? 'none',
      pause: () => 2 + Math.floor(dice() * 12),
      suffix: nth % 7 === 6 ? 'silence' : 'Enter',
      startAt: 0,
      hasKeyup: true,
    });
    const began = performance.now();
    await press(keys, events);
    const shown = await waitForOrdinal(page, nth + 1 - unanswered);
    times.push(performance.now() - began);
    if (shown === null) unanswered += 1;
    else if (!shown.includes(person.name)) wrong += 1;
  }
  await keys.detach();
  const arrived = world.store.attendance
    .listEvents(world.core.kiosk.conductor.current?.id ?? '')
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

/** Text of the confirmation with this ordinal, once it stands still; null when none comes. */
async function waitForOrdinal(page: Page, ordinal: number): Promise<string | null> {
  const outcome = page.locator('[data-testid="outcome"][data-outcome="signed_in"]', {
    hasText: new RegExp(`Người thứ ${ordinal.toLocaleString('vi')} `, 'u'),
  });
  try {
    await outcome.waitFor({ timeout: GIVE_UP_MS });
    return await outcome.evaluate(async (element) => {
      await Promise.all(element.getAnimations().map((animation) => animation.finished));
      return element.textContent;
    });
  } catch {
    return null;
  }
}

/** Sends the events at their pace, without waiting for the page between two. */
async function press(keys: CDPSession, events: readonly WedgeEvent[]): Promise<void> {
  const sent: Promise<unknown>[] = [];
  let now = 0;
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
    const common = { code, key, modifiers, windowsVirtualKeyCode: key === 'Process' ? 229 : virtualKey(code) };
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
