import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { ConsoleOpenView } from '../../electron/contract/api.ts';
import type { FakeCore } from '../support/fake-core-views.ts';
import { createOpenView, createSitting, createTotals } from '../support/fake-core-views.ts';
import { expect, listAxeViolations, test } from '../support/window-test.ts';
import { LAYOUT_SIZES as SIZES, LONG_TITLE, VENUE_UNITS as UNITS } from '../support/layout-cases.ts';

/** Pictures of every page, for people to look at. */
const SHOTS = path.resolve(import.meta.dirname, '../../test-results/console');

function unlock(core: FakeCore, conference: string, open: Partial<ConsoleOpenView> = {}): void {
  const now = Date.now();
  const morning = createSitting(now, { state: 'delivered', endedAt: now - 9_000_000, endedBy: 'ENDLIST' });
  const afternoon = createSitting(now, { id: 's2', title: 'Buổi chiều', state: 'live', startsAt: now - 600_000 });
  const view = createOpenView(now);
  const [hall] = view.halls;
  const [report] = view.reports;
  const units = UNITS.map((unitName, i) => ({
    unitId: `u${i}`,
    unitName,
    ...createTotals({ summoned: 21, present: 8 + (i % 9), late: i % 3, awaited: 13 - (i % 9) }),
  }));
  core.console({
    conference,
    locked: false,
    role: 'technician',
    sitting: afternoon,
    open: {
      ...view,
      sittings: [morning, afternoon],
      halls: [
        { ...hall!, units, headCount: { counted: 133, reason: null, by: 'chair', inHall: 133 } },
        { ...hall!, sittingId: 's2', units, rollCalls: [] },
      ],
      reports: [
        { ...report!, state: 'delivered', lastRevision: 1, signedOffAt: now },
        {
          ...report!,
          sittingId: 's2',
          reportId: '0190b5a2-2222-7222-8333-a1b2c3d4e5f6',
          title: 'Buổi chiều',
          state: 'live',
        },
      ],
      ...open,
    },
  });
}

/** What is wrong with the boxes of the page as it is now. */
async function listFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const nameOf = (element: Element): string =>
      `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} "${(element.textContent ?? '').slice(0, 30)}"`;
    const all = [...document.querySelectorAll<HTMLElement>('.board *')];
    const scrolls = (element: HTMLElement): boolean =>
      /auto|scroll/u.test(getComputedStyle(element).overflowY) && element.scrollHeight > element.clientHeight + 2;
    for (const element of all) {
      if (scrolls(element) && all.some((outer) => outer !== element && outer.contains(element) && scrolls(outer)))
        faults.push(`${nameOf(element)} scrolls inside another part that scrolls`);
      if (element.matches('.visually-hidden, option, .visually-hidden *')) continue;
      const box = element.getBoundingClientRect();
      if (box.width === 0) continue;
      if (box.right > innerWidth + 1 || box.left < -1) faults.push(`${nameOf(element)} leaves the window`);
      // The title of the conference and the line under it may end in dots: the whole title is its tooltip.
      const cuts =
        getComputedStyle(element).overflowX !== 'visible' && !element.matches('input, select, .board-header-event *');
      if (cuts && element.scrollWidth > element.clientWidth + 2) faults.push(`${nameOf(element)} cuts its content`);
    }
    const texts = all.filter(
      (element) =>
        [...element.childNodes].some((node) => node.nodeType === 3 && (node.textContent ?? '').trim() !== '') &&
        !element.matches('.visually-hidden, option, input'),
    );
    const boxes = texts.map((element) => ({ element, box: element.getBoundingClientRect() }));
    for (const [i, a] of boxes.entries())
      for (const b of boxes.slice(i + 1)) {
        if (a.element.contains(b.element) || b.element.contains(a.element)) continue;
        const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        if (wide > 3 && high > 4) faults.push(`${nameOf(a.element)} lies over ${nameOf(b.element)}`);
      }
    return faults;
  });
}

for (const size of SIZES)
  test(`every page of the console at ${size.width}×${size.height}, in both languages and with a long title`, async ({
    page,
    core,
  }) => {
    mkdirSync(SHOTS, { recursive: true });
    await page.setViewportSize(size);
    unlock(core, LONG_TITLE);
    await page.goto(`${core.url}/console/`);
    for (const language of ['English', 'Tiếng Việt']) {
      await page.getByRole('button', { name: language }).click();
      const rail = page.locator('.board-rail nav button');
      for (let nth = 0; nth < (await rail.count()); nth++) {
        await rail.nth(nth).click();
        await page.waitForTimeout(250);
        const at = `${size.width}-${language === 'English' ? 'en' : 'vi'}-${nth}`;
        await page.screenshot({ path: path.join(SHOTS, `${at}.png`) });
        expect([at, await listFaults(page)]).toEqual([at, []]);
        expect([at, await listAxeViolations(page)]).toEqual([at, []]);
      }
    }
    await page.locator('.board-rail nav button').first().click();
    const header = await page.locator('.board-header').boundingBox();
    expect(header!.height).toBeLessThanOrEqual(size.height * 0.1);
    const visible = await page
      .locator('.unit-table tbody tr')
      .evaluateAll((rows) => rows.filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length);
    expect(visible).toBeGreaterThanOrEqual(size.height >= 1080 ? UNITS.length : 8);
  });

test('the measure finds what it is for: an overlap, a cut text, a part that scrolls in another', async ({
  page,
  core,
}) => {
  await page.setViewportSize({ width: 1366, height: 768 });
  unlock(core, LONG_TITLE);
  await page.goto(`${core.url}/console/`);
  await expect(page.getByTestId('present')).toBeVisible();
  const withStyle = async (css: string): Promise<string> => {
    await page.evaluate((text) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      document.adoptedStyleSheets = [sheet];
    }, css);
    return (await listFaults(page)).join('\n');
  };
  expect(await withStyle('.totals-share { position: relative; left: -500px }')).toContain('lies over');
  expect(await withStyle('.sitting-title { width: 60px; overflow: hidden; white-space: nowrap }')).toContain(
    'cuts its content',
  );
  expect(
    await withStyle('.board-page { max-height: 300px } .unit-tables { max-height: 90px; overflow-y: auto }'),
  ).toContain('scrolls inside another');
});
