/**
 * The escape matrix: `npm run escape -- [--short] [--shell browser|electron] [--json FILE] [--whole] [--desktop] [--only desk,console,stage]
 * [--pictures FOLDER]`. Keys, buttons of the mouse and gestures on the kiosk's windows under a real window manager, and the same on an ordinary window of the same browser with
 * the same page, where ten must lead out or the matrix sees nothing; `--whole` tries all of them there. The window manager is that of the
 * lockdown, which has no keys of its own; `--short` tries all on the first window and each on one of the others, and looks sooner; `--desktop` takes the system's instead and shows what only the system can stop. Needs Xvfb,
 * openbox, xdotool and x11-utils.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'puppeteer-core';
import { STATUS_UNAVAILABLE } from '../../electron/shells/refusal.ts';
import { findElectron } from '../../electron/shells/find-electron.ts';
import { NotHere, waitFor } from '../build/proof/rows.ts';
import { ATTEMPTS, isInShort, MIDDLE, TOUCH_AT, type Attempt } from './attempts.ts';
import { startControl, startFakeCore, startKiosk, type Bed } from './beds.ts';
import { differences, look, type State } from './look.ts';
import { Screen } from './screen.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    shell: { type: 'string', default: 'browser' },
    desktop: { type: 'boolean', default: false },
    only: { type: 'string' },
    pictures: { type: 'string' },
    whole: { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
    attempts: { type: 'string' },
  },
});
const LOCKED = path.resolve(import.meta.dirname, '../../build/lockdown/openbox.xml');
/** What comes at all has come by then, ms; the last look is after this. */
const SETTLE_MS = 900;
/** The short form looks for the first time by then; what comes later is seen with the next attempt. */
const SOON_MS = 250;
/** Between two looks that wait for something, ms. */
const AGAIN_MS = 150;
const LEAST_ATTEMPTS = 60;
const LEAST_IN_CONTROL = 10;
const MOST_FINGERS_MS = 4_000;

interface Tried {
  what: string;
  kind: Attempt['kind'];
  /** By window of the kiosk; empty for nothing. */
  kiosk: Record<string, string[]>;
  control: string[] | null;
}

const tried: Tried[] = ATTEMPTS.filter(
  ({ what }) => values.attempts === undefined || values.attempts.split(',').includes(what),
).map(({ what, kind }) => ({ what, kind, kiosk: {}, control: null }));
const shell = values.shell === 'electron' ? 'electron' : 'browser';
const windows = (values.only ?? 'desk,console,stage').split(',');
const screen = new Screen(values.desktop ? null : LOCKED);
let isHere = true;
let last: { bed: Bed; window: string; state: State } | null = null;
try {
  await screen.start();
  await tryKiosk();
  await tryControl();
} catch (cause) {
  if (!(cause instanceof NotHere)) throw cause;
  isHere = false;
  console.log(cause.message);
} finally {
  await screen.stop();
}
if (isHere && shell === 'browser') sayElectron();
process.exitCode = isHere ? report() : STATUS_UNAVAILABLE;

/** The other shell has a run of its own. */
function sayElectron(): void {
  const why = findElectron() === null ? "Electron's program is not here" : 'asked for by --shell electron';
  console.log(`– Electron's shell: not run: ${why}`);
}

async function tryKiosk(): Promise<void> {
  let bed = await startKiosk(screen, shell);
  try {
    for (const [w, window] of windows.entries()) {
      const rows = tried.filter((_, i) => !values.short || isInShort(i, w, windows.length));
      for (const row of rows) {
        const attempt = attemptOf(row);
        // What the last one led to has no next attempt to be seen with.
        const settleMs = values.short && row !== rows.at(-1) ? SOON_MS : SETTLE_MS;
        const found = await tryOne(bed, window, attempt, settleMs);
        row.kiosk[window] = found;
        if (found.length === 0) continue;
        console.log(`OUT  ${window}: ${attempt.what}: ${found.join('; ')}`);
        photograph(`${window}-${attempt.what}`);
        await bed.stop();
        bed = await startKiosk(screen, shell);
      }
    }
  } finally {
    await bed.stop();
  }
}

function attemptOf(row: Tried): Attempt {
  return ATTEMPTS.find(({ what }) => what === row.what)!;
}

async function tryControl(): Promise<void> {
  const core = await startFakeCore();
  let bed = await startControl(screen, core);
  try {
    for (const row of tried) {
      const isEnough = tried.filter(({ control }) => control?.length).length >= LEAST_IN_CONTROL;
      if (isEnough && !values.whole) break;
      row.control = await tryOne(bed, 'desk', attemptOf(row), values.short ? SOON_MS : SETTLE_MS);
      if (row.control.length === 0) continue;
      photograph(`control-${row.what}`);
      await bed.stop();
      bed = await startControl(screen, core);
    }
  } finally {
    await bed.stop();
    await core.stop();
  }
}

/** What it led to, in words; empty for nothing. `settleMs`: when it is looked at first; what is seen then is looked at again, up to SETTLE_MS. */
async function tryOne(bed: Bed, window: string, attempt: Attempt, settleMs: number): Promise<string[]> {
  const page = bed.pages.get(window)!;
  // What was seen after an attempt that led nowhere is where the next one begins.
  const before =
    last?.window === window && last.bed === bed
      ? last.state
      : await bringToFront(bed, window, page).catch((cause: unknown) => String(cause));
  last = null;
  if (typeof before === 'string') return [`not tried: ${before}`];
  screen.act([MIDDLE]);
  bed.take();
  if (attempt.touch) await touch(page, attempt.touch);
  else screen.act(attempt.steps);
  await pause(settleMs);
  let after = await look(bed.browser, screen, bed.pages);
  let found = differences(before, after, window);
  // One window of the kiosk gives way to another one in steps.
  for (let waitedMs = settleMs; found.length > 0 && waitedMs < SETTLE_MS; waitedMs += AGAIN_MS) {
    await pause(AGAIN_MS);
    after = await look(bed.browser, screen, bed.pages);
    found = differences(before, after, window);
  }
  const came = bed.take();
  if (came.length > 0 && found.every((each) => !each.includes('more page')))
    found.push(`a page came and went: ${came.join(', ')}`);
  screen.letGo();
  const isInFront = after.active?.id === before.active?.id && after.pages.get(window)?.hasFocus === true;
  if (found.length === 0 && isInFront) last = { bed, window, state: after };
  return found;
}

/** The window has the keys, and the pointer lies in its middle. */
async function bringToFront(bed: Bed, window: string, page: Page): Promise<State> {
  const title = await page.title();
  let tries = 0;
  let last = '';
  return waitFor(
    `the ${window} in front`,
    async () => {
      const id = screen.windows().find((each) => screen.titleOf(each).includes(title));
      if (id !== undefined && screen.active()?.id !== id) {
        // As a person would; by the window manager where that does not help.
        if ((tries += 1) % 3 === 0) screen.activate(id);
        else screen.act([window === 'console' ? 'key F9' : 'key F8']);
        await pause(700);
      }
      screen.act([MIDDLE]);
      // A window that was raised from outside takes keys after a click only.
      if (!(await page.evaluate(() => document.hasFocus()))) screen.act(['click 1']);
      const state = await look(bed.browser, screen, bed.pages);
      last = `“${state.active?.title}” has the keys, ${screen.windows().length} windows, focus ${state.pages.get(window)?.hasFocus}`;
      return state.active?.title.includes(title) && state.pages.get(window)?.hasFocus ? state : null;
    },
    30_000,
  ).catch((cause: unknown) => {
    throw new Error(`${String(cause)}: ${last}`);
  });
}

async function touch(page: Page, gesture: NonNullable<Attempt['touch']>): Promise<void> {
  const session = await page.createCDPSession();
  const { x, y } = TOUCH_AT;
  const finger = 'touch' as const;
  const swipe = (xDistance: number, yDistance: number) =>
    session.send('Input.synthesizeScrollGesture', {
      x,
      y,
      xDistance,
      yDistance,
      gestureSourceType: finger,
      speed: 2_000,
    });
  const acts = {
    pinch_in: () => session.send('Input.synthesizePinchGesture', { x, y, scaleFactor: 0.5, gestureSourceType: finger }),
    pinch_out: () => session.send('Input.synthesizePinchGesture', { x, y, scaleFactor: 2, gestureSourceType: finger }),
    swipe_right: () => swipe(600, 0),
    swipe_left: () => swipe(-600, 0),
    swipe_down: () => swipe(0, 350),
    long_press: () => session.send('Input.synthesizeTapGesture', { x, y, duration: 1_500, gestureSourceType: finger }),
    double_tap: () => session.send('Input.synthesizeTapGesture', { x, y, tapCount: 2, gestureSourceType: finger }),
  };
  const late = new Promise((resolve) => setTimeout(resolve, MOST_FINGERS_MS));
  await Promise.race([acts[gesture]().catch(() => undefined), late]);
  await session.detach().catch(() => undefined);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function photograph(name: string): void {
  if (values.pictures === undefined) return;
  mkdirSync(values.pictures, { recursive: true });
  screen.picture(path.join(values.pictures, `${name.replaceAll(/[^\w+-]/gu, '_')}.png`));
}

/** Prints the table and writes the JSON; the exit status. */
function report(): number {
  const width = Math.max(...tried.map(({ what }) => what.length));
  const say = (found: string[] | null | undefined) =>
    found === null || found === undefined ? '–' : found.length === 0 ? 'stays' : 'OUT';
  console.log(`\n${'tried'.padEnd(width)}  ${windows.map((each) => each.padEnd(8)).join('')}ordinary window`);
  for (const { what, kiosk, control } of tried)
    console.log(
      `${what.padEnd(width)}  ${windows.map((each) => say(kiosk[each]).padEnd(8)).join('')}${control?.length ? control.join('; ') : say(control)}`,
    );
  const outs = windows.map((window) => ({
    window,
    tried: tried.filter(({ kiosk }) => kiosk[window]).length,
    out: tried.filter(({ kiosk }) => kiosk[window]?.length).map(({ what, kiosk }) => ({ what, found: kiosk[window] })),
  }));
  const control = {
    tried: tried.filter(({ control }) => control).length,
    out: tried.filter(({ control }) => control?.length).length,
  };
  for (const { window, tried: count, out } of outs) console.log(`${window}: ${out.length} of ${count} lead out`);
  console.log(`ordinary window: ${control.out} of ${control.tried} lead out`);
  const ok =
    outs.every(({ tried: count, out }) => count >= LEAST_ATTEMPTS && out.length === 0) &&
    control.out >= LEAST_IN_CONTROL;
  if (values.json !== undefined) {
    mkdirSync(path.dirname(path.resolve(values.json)), { recursive: true });
    writeFileSync(
      values.json,
      `${JSON.stringify({ ok, shell, short: values.short, desktop: values.desktop, kiosk: outs, control, tried }, null, 2)}\n`,
    );
  }
  const bad = outs.reduce((sum, { out }) => sum + out.length, 0) + (control.out >= LEAST_IN_CONTROL ? 0 : 1);
  const all = outs.reduce((sum, { tried: count }) => sum + count, 0) + 1;
  console.log(`${all - bad} rows are well, ${bad} are not`);
  return ok ? 0 : 1;
}
