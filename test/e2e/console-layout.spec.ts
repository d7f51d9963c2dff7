import path from 'node:path';
import { en } from '../../renderer/i18n/en.ts';
import { vi } from '../../renderer/i18n/vi.ts';
import type { Words } from '../support/console-dialogs.ts';
import { furnish } from '../support/console-furnished.ts';
import { CONSOLE_PAGES } from '../support/console-pages.ts';
import { LAYOUT_SIZES as SIZES, LONG_TITLE, VENUE_UNITS as UNITS } from '../support/layout-cases.ts';
import { beginMeasuring, listFaultsWith, measureAtSizes } from '../support/measure-layout.ts';
import { expect, settle, test } from '../support/window-test.ts';

/** Pictures of every page, for people to look at. */
const SHOTS = path.resolve(import.meta.dirname, '../../test-results/console');
const TITLES = { short: 'Hội nghị trực tuyến', long: LONG_TITLE };
const LANGUAGES = { English: en as unknown as Words, 'Tiếng Việt': vi };
/** The title of the conference and the name of the venue may end in dots, but not the number to call: the whole title is its tooltip. */
const RULES = { root: '#root', mayEndInDots: 'select, .board-header-event h1, .board-header-event span:first-child' };

for (const [language, words] of Object.entries(LANGUAGES))
  test(`every page of the console, ${language}, short and long title: no overlap, no cut text, no part that scrolls in another, no fault of axe`, async ({
    page,
    core,
  }) => {
    test.setTimeout(480_000);
    await beginMeasuring(page);
    furnish(core, LONG_TITLE);
    await page.goto(`${core.url}/console/`);
    await page.locator('.language-switch').getByRole('button', { name: language }).click();
    for (const { name, set, go, ready } of CONSOLE_PAGES)
      for (const [title, conference] of Object.entries(TITLES)) {
        (set ?? furnish)(core, conference);
        await go(page, words);
        await page.locator(ready).first().waitFor();
        const at = `${name}, ${language}, ${title} title`;
        // Colours and names are the same with each title.
        await measureAtSizes(page, { name: at, shots: SHOTS, rules: RULES, axe: title === 'long' });
      }
  });

for (const size of SIZES)
  test(`at ${size.width}×${size.height} the head takes a tenth at most, and the units of a venue are in sight`, async ({
    page,
    core,
  }) => {
    await page.setViewportSize(size);
    furnish(core, LONG_TITLE);
    await page.goto(`${core.url}/console/`);
    await page.locator('.unit-table tbody tr').first().waitFor();
    await settle(page);
    const header = await page.locator('.board-header').boundingBox();
    expect(header!.height).toBeLessThanOrEqual(size.height * 0.1);
    const visible = await page
      .locator('.unit-table tbody tr')
      .evaluateAll((rows) => rows.filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length);
    console.log(`${size.width}×${size.height}: ${visible} of ${UNITS.length} units in sight`);
    expect(visible).toBeGreaterThanOrEqual(size.height >= 1080 ? UNITS.length : 8);
  });

test('the measure finds what it is for: an overlap, a cut text, a part that scrolls in another', async ({
  page,
  core,
}) => {
  await page.setViewportSize(SIZES[1]);
  furnish(core, LONG_TITLE);
  await page.goto(`${core.url}/console/`);
  await expect(page.getByTestId('present')).toBeVisible();
  const withStyle = (css: string) => listFaultsWith(page, css, RULES);
  expect(await withStyle('')).toBe('');
  expect(await withStyle('.totals-share { position: relative; left: -500px }')).toContain('lies over');
  expect(await withStyle('.sitting-card { height: 40px }')).toContain('ends before its content');
  expect(await withStyle('.sitting-title { width: 60px; overflow: hidden; white-space: nowrap }')).toContain(
    'cuts its content',
  );
  expect(
    await withStyle('.board-page { max-height: 300px } .unit-tables { max-height: 90px; overflow-y: auto }'),
  ).toContain('scrolls inside another');
});
