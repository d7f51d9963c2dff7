import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { en } from '../../renderer/i18n/en.ts';
import { vi } from '../../renderer/i18n/vi.ts';
import { listBoxFaults, spoil } from '../support/box-faults.ts';
import type { FakeCore } from '../support/fake-core-views.ts';
import { createOpenView, createSitting } from '../support/fake-core-views.ts';
import { LAYOUT_SIZES as SIZES, LONG_TITLE } from '../support/layout-cases.ts';
import { tinyPdf } from '../support/tiny-pdf.ts';
import { expect, listAxeViolations, test } from '../support/window-test.ts';

/** Pictures of every dialog, for people to look at. */
const SHOTS = path.resolve(import.meta.dirname, '../../test-results/dialogs');
const RULES = { root: 'dialog', mayEndInDots: 'select' };

type Words = typeof vi;

/** The page of each dialog and the button that opens it. */
const DIALOGS: [name: string, page: (t: Words) => string, opens: (t: Words) => string][] = [
  ['end the sitting', (t) => t.console.nav.board, (t) => t.console.sitting.end],
  ['add a person', (t) => t.console.nav.people, (t) => t.people.list.add],
  ['sign in a unit', (t) => t.console.nav.people, (t) => t.board.unit.open],
  ['save the list', (t) => t.console.nav.people, (t) => t.board.list.save],
  ['print the list', (t) => t.console.nav.people, (t) => t.print.open],
  ['papers before the hour', (t) => t.console.nav.delivery, (t) => t.report.actions.paper],
  ['print the papers', (t) => t.console.nav.delivery, (t) => t.print.open],
  ['another session', (t) => t.settings.open, (t) => t.settings.session.change],
  ['close the program', (t) => t.settings.open, (t) => t.console.bar.quit],
];

function furnish(core: FakeCore): void {
  const now = Date.now();
  core.console({
    conference: LONG_TITLE,
    locked: false,
    role: 'technician',
    sitting: createSitting(now, { state: 'live' }),
    open: createOpenView(now, { sittings: [createSitting(now, { state: 'live' })] }),
  });
  core.answer('console/report/preview', { ok: true, documentId: 'd', pdf: tinyPdf(2).toString('base64') });
  core.answer('console/printers/list', {
    ok: true,
    printers: [
      { id: 'a', name: 'Máy in văn phòng Đảng ủy, tầng hai', isDefault: true, trouble: 'paper_out' },
      { id: 'b', name: 'HP', isDefault: false, trouble: null },
    ],
  });
  core.answer('console/report/places', {
    ok: true,
    places: [
      { id: 's', kind: 'removable', label: 'USB', folder: null, freeBytes: 4e9, writable: true },
      { id: 'f', kind: 'folder', label: null, folder: 'documents', freeBytes: 4e9, writable: true },
    ],
  });
}

async function openDialog(page: Page, rail: string, opener: string): Promise<void> {
  await page.getByRole('button', { name: rail, exact: true }).first().click();
  await page.locator('.board-page').getByRole('button', { name: opener, exact: true }).first().click();
  await expect(page.getByRole('dialog')).toBeVisible();
  const canvas = page.locator('.pdf-page canvas');
  if ((await canvas.count()) > 0) await expect(canvas).toHaveAttribute('data-drawn', 'true');
}

for (const size of SIZES)
  test(`every dialog of the console at ${size.width}×${size.height}, in both languages`, async ({ page, core }) => {
    mkdirSync(SHOTS, { recursive: true });
    await page.setViewportSize(size);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    furnish(core);
    await page.goto(`${core.url}/console/`);
    for (const [language, words] of [
      ['English', en as unknown as Words],
      ['Tiếng Việt', vi],
    ] as const) {
      await page.getByRole('button', { name: language }).click();
      for (const [name, rail, opener] of DIALOGS) {
        await openDialog(page, rail(words), opener(words));
        const at = `${name}, ${language}`;
        await page.screenshot({ path: path.join(SHOTS, `${size.width} ${at}.png`) });
        expect([at, await listBoxFaults(page, RULES)]).toEqual([at, []]);
        // Colours and names are the same at each size.
        if (size.width === 1366) expect([at, await listAxeViolations(page)]).toEqual([at, []]);
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toHaveCount(0);
      }
    }
  });

test('the measure of dialogs finds an overlap, a cut text and a part that scrolls in another', async ({
  page,
  core,
}) => {
  await page.setViewportSize({ width: 1366, height: 768 });
  furnish(core);
  await page.goto(`${core.url}/console/`);
  await openDialog(page, vi.console.nav.people, vi.print.open);
  const withStyle = async (css: string): Promise<string> => {
    await spoil(page, css);
    return (await listBoxFaults(page, RULES)).join('\n');
  };
  expect(await withStyle('')).toBe('');
  expect(await withStyle('.print-side { margin-top: -60px }')).toContain('lies over');
  expect(await withStyle('.sheet-title { width: 40px; overflow: hidden; white-space: nowrap }')).toContain(
    'cuts its content',
  );
  expect(await withStyle('.sheet-body { max-height: 200px } .print { max-height: 300px; overflow-y: auto }')).toContain(
    'scrolls inside another',
  );
});
