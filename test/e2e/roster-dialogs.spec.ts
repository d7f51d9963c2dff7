import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { en } from '../../renderer/i18n/en.ts';
import { vi } from '../../renderer/i18n/vi.ts';
import { filled, type Words } from '../support/console-dialogs.ts';
import { openWindow } from '../support/door.ts';
import { LONG_TITLE, VENUE_UNITS } from '../support/layout-cases.ts';
import { beginMeasuring, measureAtSizes } from '../support/measure-layout.ts';
import { expect, test } from '../support/window-test.ts';
import { withCore } from '../support/with-core.ts';

/** The page that brings a roster in, and its dialogs, measured over a real core and a real file. */

const SHOTS = path.resolve(import.meta.dirname, '../../test-results/roster');
const PAGE = { root: '.board', mayEndInDots: '.board-header-event *, select' };
const DIALOG = { root: 'dialog', mayEndInDots: 'select' };
const LIST = [
  'DANH SÁCH ĐẠI BIỂU DỰ HỘI NGHỊ,,,,',
  'STT,Họ và tên,Năm sinh,Chức vụ,Đơn vị',
  ',,,,(Kèm theo Công văn số 12)',
  ...Array.from(
    { length: 40 },
    (_, i) =>
      `${i + 1},Hoàng Văn ${'ABCDEGHIKLMNOPQRSTUVXY'[i % 22]}nh,${1950 + i},Phó Chủ tịch Ủy ban Mặt trận Tổ quốc,${VENUE_UNITS[i % 14]}`,
  ),
].join('\n');

/** A file is read again, or written, for as long as a busy PC takes. */
const READ = { timeout: 60_000 };

/** The words of a text with something filled in, wherever they stand. */
const within = (text: string): RegExp => new RegExp(filled(text).source.slice(1, -1), 'u');

/** The dialog that is open, else the page. */
async function measure(page: Page, name: string): Promise<void> {
  const rules = (await page.getByRole('dialog').count()) > 0 ? DIALOG : PAGE;
  await measureAtSizes(page, { name, shots: SHOTS, rules });
}

for (const [language, words] of Object.entries({ English: en as unknown as Words, 'Tiếng Việt': vi }))
  test(`files, preview and every question about a roster, ${language}: no overlap, no cut text, no part that scrolls in another, no fault of axe`, async ({
    page,
  }) => {
    test.setTimeout(480_000);
    await beginMeasuring(page);
    const options = {
      people: 12,
      rendererDir: path.resolve(import.meta.dirname, '../../dist/renderer'),
      package: (document: Parameters<NonNullable<Parameters<typeof withCore>[0]['package']>>[0]) => ({
        ...document,
        conference: { ...document.conference, title: LONG_TITLE },
      }),
    };
    await withCore(options, async (world) => {
      const { sittingId } = world;
      const folder = path.join(world.dir, 'home', 'Downloads');
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, 'Danh sách đại biểu dự hội nghị của Đảng bộ phường (bản cuối).csv'), LIST);
      writeFileSync(path.join(folder, 'ảnh.jpg'), 'x');
      const [first] = world.document.roster!;
      await world.ask('console/unlock', { pin: '123456', role: 'technician' });
      await world.ask('console/people/add', { sittingId, kind: 'walk_in', name: first!.name, notDuplicate: true });
      await world.ask('desk/sign-in', { sittingId, personId: first!.id, method: 'search' });
      await openWindow(page, world, 'console');
      const button = (name: string | RegExp) => page.getByRole('button', { name });
      const sheet = page.getByRole('dialog');
      await page.locator('.language-switch').getByRole('button', { name: language }).click();
      await page.getByRole('button', { name: words.console.nav.people, exact: true }).click();
      await button(words.people.tabs.roster).click();
      await button(words.people.roster.keep).first().waitFor();
      await measure(page, `files, ${language}`);

      await button(words.people.roster.keep).first().click();
      await expect(sheet).toContainText(words.people.merge.title);
      await measure(page, `merge two entries, ${language}`);
      await page.keyboard.press('Escape');

      await button(/bản cuối/u).click();
      await page.locator('.roster-table tbody tr').first().waitFor();
      await measure(page, `preview, ${language}`);
      await button(words.people.roster.modeReplace).click();
      await expect(page.getByText(within(words.people.roster.missingGo))).toBeVisible(READ);
      await page.locator('.roster-column').nth(1).click();
      await expect(sheet).toContainText(words.people.roster.unused);
      await measure(page, `what a column is, ${language}`);
      await page.keyboard.press('Escape');
      await page.locator('.roster-kind').first().click();
      await expect(sheet).toContainText(words.people.rowKind.total);
      await measure(page, `what a row is, ${language}`);
      await page.keyboard.press('Escape');
      const wanted = sheet.getByRole('button', { name: within(words.people.roster.removeDo) });
      await button(words.people.roster.confirm).click();
      await expect(wanted).toBeVisible();
      await measure(page, `who is taken off, ${language}`);
      await wanted.click();
      await expect(page.getByText(within(words.people.roster.done))).toBeVisible(READ);

      await button(words.people.roster.restore).click();
      await expect(sheet).toContainText(words.people.roster.restoreHint);
      await measure(page, `the list of the package again, ${language}`);
    });
  });
