import path from 'node:path';
import type { Page } from '@playwright/test';
import type { StageView } from '../../electron/contract/api.ts';
import { Origin } from '../faults/origin.ts';
import { createSitting, type FakeCore } from '../support/fake-core-views.ts';
import { LAYOUT_SIZES as SIZES, LONG_TITLE } from '../support/layout-cases.ts';
import { beginMeasuring, listFaultsWith, measureAtSizes } from '../support/measure-layout.ts';
import { expect, test } from '../support/window-test.ts';

/** Pictures of every state of the hall's screen, for people to look at. */
const SHOTS = path.resolve(import.meta.dirname, '../../test-results/stage');
const RULES = { root: '.stage', mayEndInDots: '.picture, .picture *' };
const TITLES = { short: 'Hội nghị trực tuyến', long: LONG_TITLE };
const LANGUAGES = ['en', 'vi'] as const;
const NOTICE = 'Tài liệu hội nghị phát tại bàn thư ký, mời các đồng chí đến nhận trước giờ giải lao buổi sáng.';
const ONE = { notice: NOTICE };
/** The package's line, and the call from a desk that lies behind this window, which says where the desk is. */
const TWO = { notice: NOTICE, displays: 1, helpAskedAt: 1 };
const QUIET = { notice: null, displays: 2, helpAskedAt: null, identifyUntil: null };
const SITTING = 'Buổi chiều: Chuyên đề 3 và Chuyên đề 4 về xây dựng Đảng và hệ thống chính trị';
const hours = (n: number): number => Date.now() + n * 3_600_000;
const sitting = (startsAt: number) => createSitting(Date.now(), { title: SITTING, startsAt });
const next = () => ({ title: SITTING, startsAt: hours(1.5) });
const nowhere = [{ id: 'a', url: 'http://127.0.0.1:9/live.m3u8' }];

const SLATES: readonly [name: string, change: () => Partial<StageView>][] = [
  ['countdown', () => ({ scene: 'countdown', sitting: sitting(hours(10)) })],
  ['countdown, one notice', () => ({ scene: 'countdown', sitting: sitting(hours(10)), ...ONE })],
  ['countdown, two notices', () => ({ scene: 'countdown', sitting: sitting(hours(10)), ...TWO })],
  ['about to begin', () => ({ scene: 'countdown', sitting: sitting(hours(-0.1)) })],
  ['waiting for the signal', () => ({ scene: 'broadcast', sitting: sitting(hours(-0.1)), sources: nowhere })],
  ['waiting, two notices', () => ({ scene: 'broadcast', sitting: sitting(hours(-0.1)), sources: nowhere, ...TWO })],
  ['shown by another device', () => ({ scene: 'broadcast', sources: [], source: 'none' })],
  ['break', () => ({ scene: 'break', sources: [], nextSitting: next() })],
  ['break, two notices', () => ({ scene: 'break', nextSitting: next(), ...TWO })],
  ['break, nothing follows', () => ({ scene: 'break', nextSitting: null })],
  ['closing', () => ({ scene: 'closing', nextSitting: null })],
  ['closing, one notice', () => ({ scene: 'closing', nextSitting: null, ...ONE })],
  ['number of the display', () => ({ scene: 'closing', identifyUntil: hours(1) })],
];

/** What the hall sees while the broadcast runs, and when its picture is gone. */
const LIVE: typeof SLATES = [
  ['live', () => ({})],
  ['live, one notice', () => ONE],
  ['live, two notices', () => TWO],
  ['live, number of the display', () => ({ identifyUntil: hours(1) })],
];
const GONE: typeof SLATES = [
  ['signal lost', () => ({ source: 'unreachable' })],
  ['signal lost, two notices', () => ({ source: 'unreachable', ...TWO })],
  ['the centre pauses', () => ({ source: 'stale' })],
  ['the broadcast is over', () => ({ source: 'ended' })],
];

/** The least that is read from the middle of a hall, px. */
const SMALLEST_PX = 16;

/** Size of the smallest letters of a slate, px; the picture has none. */
function smallestLetters(page: Page): Promise<number> {
  return page.evaluate(() =>
    Math.min(
      ...[...document.querySelectorAll('.slate h1, .slate p, .slate strong, .slate p > span')]
        .filter((each) => each.textContent !== '')
        .map((each) => Number.parseFloat(getComputedStyle(each).fontSize)),
      999,
    ),
  );
}

let shown = 0;
/** Pushes a view and waits until it is drawn: each has a name of its own on the slate; over a picture its lines are counted. */
async function show(page: Page, core: FakeCore, view: Partial<StageView>): Promise<void> {
  const organiser = `Ban Bí thư Trung ương Đảng ${(shown += 1)}`;
  core.stage({ ...view, organiser });
  await expect(page.locator('html')).toHaveAttribute('lang', view.language ?? 'vi');
  await expect(page.locator('.notice-line')).toHaveCount((view.notice ? 1 : 0) + (view.displays === 1 ? 1 : 0));
  await expect(page.getByTestId('display-number')).toHaveCount(view.identifyUntil ? 1 : 0);
  const name = page.locator('.slate-organiser');
  if ((await name.count()) > 0) await expect(name).toHaveText(organiser);
}

/** Each state with each title, in each language and at each size. */
async function measure(page: Page, core: FakeCore, states: typeof SLATES): Promise<void> {
  for (const [name, change] of states)
    for (const language of LANGUAGES)
      for (const [title, conference] of Object.entries(TITLES)) {
        await show(page, core, { ...QUIET, ...change(), conference, language });
        await measureAtSizes(page, {
          name: `${name}, ${language}, ${title} title`,
          shots: SHOTS,
          rules: RULES,
          // Colours and names are the same with each title.
          axe: title === 'long',
          also: async (at) => expect.soft(await smallestLetters(page), at).toBeGreaterThanOrEqual(SMALLEST_PX),
        });
      }
}

test.beforeEach(async ({ page, core }) => {
  test.setTimeout(300_000);
  await beginMeasuring(page);
  core.stage({ rehearsal: true, topic: SITTING });
});

test('every slate of the stage, both languages, short and long title: no overlap, no cut text, no fault of axe', async ({
  page,
  core,
}) => {
  await page.goto(`${core.url}/stage/`);
  await expect(page.getByTestId('slate')).toBeVisible();
  await measure(page, core, SLATES);
});

test('the moving picture with notices, and the slates when it is gone, at every size', async ({ page, core }) => {
  const origin = new Origin({ windowS: 60, ageS: 600, list: { single: true } });
  await origin.start();
  try {
    core.stage({
      scene: 'broadcast',
      sitting: createSitting(Date.now(), { state: 'live', startsAt: hours(-0.1) }),
      sources: [{ id: 'a', url: `${origin.base('a')}/master.m3u8` }],
      source: 'live',
      delaySeconds: 8,
    });
    await page.goto(`${core.url}/stage/`);
    await expect(page.locator('.picture video').first()).toBeVisible();
    await expect(page.getByTestId('slate')).toBeHidden({ timeout: 30_000 });
    await measure(page, core, LIVE);
    // A notice never covers the lowest part of the picture, where captions and sign language are.
    core.stage({ ...QUIET, ...TWO });
    const lines = page.locator('.notice-line');
    await expect(lines).toHaveCount(2);
    const video = (await page.locator('.picture').boundingBox())!;
    expect(video.y + video.height).toBeLessThanOrEqual((await lines.first().boundingBox())!.y + 1);
    // And two of them leave the picture most of its height.
    expect(video.height).toBeGreaterThan(page.viewportSize()!.height * 0.8);
    origin.spec.fault = () => ({ kind: 'status', status: 503 });
    core.stage({ ...QUIET, source: 'unreachable' });
    await expect(page.getByTestId('slate')).toBeVisible({ timeout: 90_000 });
    await measure(page, core, GONE);
  } finally {
    await origin.stop();
  }
});

test('the measure of the stage finds an overlap, a cut text and what leaves the screen', async ({ page, core }) => {
  await page.setViewportSize(SIZES[0]);
  core.stage({ scene: 'closing', conference: LONG_TITLE, ...QUIET });
  await page.goto(`${core.url}/stage/`);
  await expect(page.getByTestId('slate')).toBeVisible();
  const withStyle = (css: string) => listFaultsWith(page, css, RULES);
  expect(await withStyle('')).toBe('');
  expect(await withStyle('.slate-title { position: relative; top: -200px }')).toContain('lies over');
  expect(await withStyle('.slate-venue { width: 80px; overflow: hidden; white-space: nowrap }')).toContain(
    'cuts its content',
  );
  expect(await withStyle('.slate-foot { margin-bottom: -300px; flex: none }')).toContain('leaves the window');
});
