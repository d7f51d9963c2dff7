import path from 'node:path';
import { en } from '../../renderer/i18n/en.ts';
import { vi } from '../../renderer/i18n/vi.ts';
import { CONSOLE_DIALOGS, type Words } from '../support/console-dialogs.ts';
import { furnish } from '../support/console-furnished.ts';
import { LAYOUT_SIZES as SIZES, LONG_TITLE } from '../support/layout-cases.ts';
import { beginMeasuring, listFaultsWith, measureAtSizes } from '../support/measure-layout.ts';
import { expect, test } from '../support/window-test.ts';

/** Pictures of every dialog, for people to look at. */
const SHOTS = path.resolve(import.meta.dirname, '../../test-results/dialogs');
const RULES = { root: 'dialog', mayEndInDots: 'select' };
const LANGUAGES = { English: en as unknown as Words, 'Tiếng Việt': vi };

for (const [language, words] of Object.entries(LANGUAGES))
  test(`every dialog of the console, ${language}: no overlap, no cut text, no part that scrolls in another, no fault of axe`, async ({
    page,
    core,
  }) => {
    test.setTimeout(300_000);
    await beginMeasuring(page);
    furnish(core, LONG_TITLE);
    await page.goto(`${core.url}/console/`);
    await page.locator('.language-switch').getByRole('button', { name: language }).click();
    for (const { name, title, before, open } of CONSOLE_DIALOGS) {
      furnish(core, LONG_TITLE);
      before?.(core);
      await page.getByRole('button', { name: words.console.nav.board, exact: true }).click();
      await open(page, words);
      await expect(page.getByRole('dialog', { name: title(words) })).toBeVisible();
      await measureAtSizes(page, { name: `${name}, ${language}`, shots: SHOTS, rules: RULES });
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
  });

test('the measure of dialogs finds an overlap, a cut text and a part that scrolls in another', async ({
  page,
  core,
}) => {
  await page.setViewportSize(SIZES[1]);
  furnish(core, LONG_TITLE);
  await page.goto(`${core.url}/console/`);
  await CONSOLE_DIALOGS.find(({ name }) => name === 'print the list')!.open(page, vi);
  const withStyle = (css: string) => listFaultsWith(page, css, RULES);
  expect(await withStyle('')).toBe('');
  expect(await withStyle('.print-side { margin-top: -60px }')).toContain('lies over');
  expect(await withStyle('.sheet-title { width: 40px; overflow: hidden; white-space: nowrap }')).toContain(
    'cuts its content',
  );
  expect(await withStyle('.sheet-body { max-height: 200px } .print { max-height: 300px; overflow-y: auto }')).toContain(
    'scrolls inside another',
  );
});
