import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { formatDate } from '../../../electron/core/report/documents/format-vi.ts';
import { inOneClock } from '../../../electron/core/report/one-clock.ts';
import { ok } from '../../../electron/shared/result.ts';
import { readView } from '../../support/read-view.ts';
import { withCore, type CoreWorld, type CoreWorldOptions } from '../../support/with-core.ts';

/** The clock of the PC is a day off, and two hosts say so: no screen and no paper may show a moment of its own. */
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Paths of all moments in what a window or a paper gets that are by the PC's clock. */
function findWrong(value: unknown, offMs: number, at = ''): string[] {
  const ms =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && /^\d{4}-\d\d-\d\dT/u.test(value)
        ? Date.parse(value)
        : null;
  if (ms !== null) return Math.abs(ms - offMs - Date.now()) < HOUR ? [`${at} ${new Date(ms).toISOString()}`] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, each]) => findWrong(each, offMs, `${at}.${key}`));
}

/** Whether something in it is of the last minutes by true time: a search that finds nothing must have had something to find. */
const findRight = (value: unknown): string[] => findWrong(value, 0);

async function withWrongClock(offMs: number, run: (world: CoreWorld, pages: string[]) => Promise<void>): Promise<void> {
  const now = () => Date.now() + offMs;
  const clock = { now, stamp: () => ({ wallMs: now(), monoMs: Math.round(performance.now()), bootId: 'this' }) };
  const root = mkdtempSync(path.join(os.tmpdir(), 'stick-'));
  const stick = path.join(root, 'media', 'USB');
  mkdirSync(stick, { recursive: true });
  writeFileSync(path.join(root, 'mounts'), `/dev/sdb1 ${stick} vfat rw 0 0\n`);
  const places: NonNullable<CoreWorldOptions['places']> = {
    platform: 'linux',
    home: path.join(root, 'home'),
    mountsFile: path.join(root, 'mounts'),
    mountRoots: [path.join(root, 'media')],
    drives: [],
  };
  const pages: string[] = [];
  const print: CoreWorldOptions['print'] = async (page, { port }) => {
    pages.push(await (await fetch(`http://127.0.0.1:${port}${page}`)).text());
    return ok(Buffer.from('%PDF-1.7'));
  };
  try {
    const at = (ms: number) => new Date(Date.now() + ms).toISOString();
    const sitting = { opensAt: at(-1_000), startsAt: at(HOUR), endsAt: at(3 * DAY) };
    await withCore({ people: 4, clock, places, print, sitting }, (world) => run(world, pages));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Everything that the console, the desk and the stage are shown of the sitting. */
async function readScreens(world: CoreWorld, sittingId: string): Promise<Record<string, unknown>> {
  const { ask } = world;
  const first = world.document.roster![0]!.id;
  return {
    console: await readView(world, 'console'),
    desk: await readView(world, 'desk'),
    stage: await readView(world, 'stage'),
    checks: await ask('console/checks/view', {}),
    draft: await ask('console/report/view', { sittingId, revision: null }),
    sealed: await ask('console/report/view', { sittingId, revision: 1 }),
    timeline: await ask('console/report/timeline', { sittingId }),
    history: await ask('console/people/history', { sittingId, personId: first }),
    people: await ask('console/people/list', { sittingId }),
    settings: await ask('console/settings/read', {}),
  };
}

const HOURS = 4 * 3_600_000;
const isOneDay = formatDate(Date.now() - HOURS) === formatDate(Date.now() + HOURS);

test.each([-DAY, DAY])(
  'with a clock that is %i ms off, every screen and every paper is in one time',
  async (offMs) => {
    await withWrongClock(offMs, async (world, pages) => {
      const { ask, core, store, sittingId } = world;
      const [first, second, third] = world.document.roster!.map(({ id }) => id);
      await ask('console/unlock', { pin: '123456', role: 'technician' });
      if (core.hall.sitting?.state === 'prepared') await ask('console/open-sitting', { sittingId });
      core.hall.noteTime('one.example', Date.now());
      core.hall.noteTime('other.example', Date.now());
      for (const personId of [first!, second!]) await ask('desk/sign-in', { sittingId, personId, method: 'list' });
      await ask('console/people/roll-call/open', { sittingId, title: 'Sau giờ giải lao' });
      await ask('console/people/sign-in', { sittingId, personId: first! });
      await ask('console/people/roll-call/close', { sittingId });
      await ask('console/people/roll-call/open', { sittingId, title: 'Mở nhầm' });
      const wrong = store.attendance.listRollCalls(sittingId).at(-1)!.id;
      await ask('console/people/roll-call/cancel', { sittingId, rollCallId: wrong, reason: 'Mở nhầm' });
      await ask('console/settings/large-letters', { on: true });
      await ask('console/checks/run', {});
      await world.until(
        'checked',
        async () => (await readView(world, 'console')).open?.checks?.finishedAt !== null,
        30_000,
      );
      const running = await readScreens(world, sittingId);
      for (const [name, shown] of Object.entries(running)) expect([name, findWrong(shown, offMs)]).toEqual([name, []]);

      await ask('console/end-sitting', { sittingId });
      await world.until('sealed', () => store.reports.getLastRevision(core.hall.find(sittingId)!.reportId) === 1);
      await world.until('delivered', () => core.hall.find(sittingId)?.state === 'delivered', 20_000);
      await ask('console/people/sign-in', { sittingId, personId: third!, at: Date.now() - 1_000 });
      const over = await readScreens(world, sittingId);
      for (const [name, shown] of Object.entries(over)) expect([name, findWrong(shown, offMs)]).toEqual([name, []]);
      for (const name of ['console', 'checks', 'sealed', 'timeline', 'history', 'people', 'settings'])
        expect([name, findRight(over[name]).length > 0]).toEqual([name, true]);
      const begun = await ask('console/report/amend', { sittingId });
      expect(begun.ok && findRight(begun.amendment).length > 0).toBe(true);
      expect(findWrong(begun, offMs)).toEqual([]);
      expect(findWrong(await readScreens(world, sittingId), offMs)).toEqual([]);

      // What is stored and sealed stays by the PC's clock, and says how far it was off.
      const { reportId, endedAt } = store.sittings.getSitting(sittingId)!;
      const report = store.reports.getReport(reportId, 1)!;
      expect(Math.abs(endedAt! - offMs - Date.now())).toBeLessThan(HOUR);
      expect(Date.parse(report.sitting.endedAt)).toBe(endedAt);
      expect(report.clock.centreOffset?.hosts).toBeGreaterThanOrEqual(2);
      const shown = inOneClock(report);
      expect(shown.people).toEqual(report.people);
      expect(shown.log).toEqual(report.log);
      expect(findWrong({ ...shown, log: null, clock: { ...shown.clock, centreOffset: null } }, offMs)).toEqual([]);

      const answer = await ask('console/report/places', {});
      const placeId = answer.ok ? answer.places[0]!.id : '';
      const kinds = ['pdf', 'list', 'paper', 'checks', 'timeline'] as const;
      const saved = await ask('console/report/save', { sittingId, placeId, kinds: [...kinds] });
      expect(saved).toMatchObject({ ok: true, files: kinds.map(() => ({ ok: true })) });
      expect(pages).toHaveLength(kinds.length);
      for (const page of pages) {
        // About midnight in Vietnam the sitting itself is on two days, and a day says nothing.
        if (!isOneDay) continue;
        expect(page).not.toContain(formatDate(Date.now() + offMs));
        expect(page).toContain(formatDate(Date.now()));
      }
    });
  },
  120_000,
);

test.each([-HOUR, HOUR])(
  'with a clock that is %i ms off, what was entered just now is taken back without the PIN, and nothing older',
  async (offMs) => {
    await withWrongClock(offMs, async ({ ask, core, store: { clock }, sittingId, document }) => {
      const [first, second] = document.roster!.map(({ id }) => id);
      const [now, stamp] = [clock.now.bind(clock), clock.stamp.bind(clock)];
      let passedMs = 0;
      Object.assign(clock, {
        now: () => now() + passedMs,
        stamp: () => ({ ...stamp(), wallMs: now() + passedMs, monoMs: stamp().monoMs + passedMs }),
      });
      /** Time passes by all clocks, and the console is in use meanwhile. */
      const pass = async (minutes: number): Promise<void> => {
        for (let n = 0; n < minutes; n += 1) {
          passedMs += 60_000;
          expect(await ask('console/stay-open', {})).toEqual({ ok: true });
        }
      };
      await ask('console/unlock', { pin: '123456', role: 'technician' });
      if (core.hall.sitting?.state === 'prepared') await ask('console/open-sitting', { sittingId });
      core.hall.noteTime('one.example', Date.now());
      core.hall.noteTime('other.example', Date.now());
      const undo = (personId: string) => ask('console/people/undo', { sittingId, personId, reason: 'Nhầm người' });
      expect(await ask('console/people/sign-in', { sittingId, personId: first! })).toMatchObject({ ok: true });
      await pass(6);
      expect(await ask('console/people/sign-in', { sittingId, personId: second! })).toMatchObject({ ok: true });
      expect(await undo(second!)).toMatchObject({ ok: true });
      expect(await undo(first!)).toEqual({ ok: false, error: 'pin_needed' });
      // As long ago as the clock is off.
      await pass(54);
      expect(await undo(first!)).toEqual({ ok: false, error: 'pin_needed' });
    });
  },
  60_000,
);

test('the list of reports says in the agreed time when the chair confirmed', async () => {
  await withWrongClock(DAY, async ({ ask, core, sittingId }) => {
    await ask('console/unlock', { pin: '123456', role: 'technician' });
    if (core.hall.sitting?.state === 'prepared') await ask('console/open-sitting', { sittingId });
    core.hall.noteTime('one.example', Date.now());
    core.hall.noteTime('other.example', Date.now());
    const signed = await ask('console/report/sign-off', {
      sittingId,
      name: 'Trần Văn Chủ',
      position: 'Chủ tịch',
      pin: '123456',
    });
    expect(signed).toMatchObject({ ok: true });
    const list = await ask('console/report/list', {});
    expect(findRight(list)).toHaveLength(1);
    expect(findWrong(list, DAY)).toEqual([]);
  });
}, 60_000);
