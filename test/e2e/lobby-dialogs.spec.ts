import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { en } from '../../renderer/i18n/en.ts';
import { vi } from '../../renderer/i18n/vi.ts';
import type { Words } from '../support/console-dialogs.ts';
import { openWindow } from '../support/door.ts';
import { LONG_TITLE } from '../support/layout-cases.ts';
import { beginMeasuring, measureAtSizes } from '../support/measure-layout.ts';
import { withLobby } from '../support/with-lobby.ts';

/** The start screen and its dialogs, measured over a real core with a package on a stick. */

const RENDERER = path.resolve(import.meta.dirname, '../../dist/renderer');
const SHOTS = path.resolve(import.meta.dirname, '../../test-results/lobby');
const LANGUAGES = { English: en as unknown as Words, 'Tiếng Việt': vi };

async function measure(page: Page, name: string): Promise<void> {
  const root = (await page.getByRole('dialog').count()) > 0 ? 'dialog' : '.lobby';
  await measureAtSizes(page, { name, shots: SHOTS, rules: { root, mayEndInDots: 'select' } });
}

for (const [language, words] of Object.entries(LANGUAGES))
  test(`the start screen and its dialogs, ${language}: no overlap, no cut text, no fault of axe`, async ({ page }) => {
    test.setTimeout(240_000);
    await beginMeasuring(page);
    await withLobby(async (world) => {
      const { lobby } = words;
      const document = world.document({ access: {}, conference: { id: 'hn-2026', title: LONG_TITLE } });
      world.onStick('phien-hop.jws', await world.province.sign(document));
      world.onStick('hong.json', JSON.stringify(document).slice(0, 700));
      await openWindow(page, world, 'lobby');
      await page.getByRole('button', { name: language }).click();
      const sheet = page.getByRole('dialog');
      await expect(page.getByText(lobby.trust.signed_first_use)).toBeVisible();
      await measure(page, `packages, ${language}`);
      await page.getByRole('button', { name: new RegExp(LONG_TITLE.slice(0, 30), 'u') }).click();
      await expect(sheet.getByText(lobby.change.new)).toBeVisible();
      await measure(page, `package, ${language}`);
      await page.keyboard.press('Escape');
      for (const [name, opener, heading] of [
        ['address', lobby.address.open, lobby.address.title],
        ['local', lobby.local.start, lobby.local.title],
        ['quit', lobby.quit, lobby.leave.title],
      ] as const) {
        await page.getByRole('button', { name: opener, exact: true }).click();
        await expect(page.getByRole('dialog', { name: heading })).toBeVisible();
        await measure(page, `${name}, ${language}`);
        await page.keyboard.press('Escape');
        await expect(sheet).toHaveCount(0);
      }
    }, RENDERER);
  });
