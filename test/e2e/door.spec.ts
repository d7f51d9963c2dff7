import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { openWindow, runDoor, scanCard } from '../support/door.ts';
import { withCore } from '../support/with-core.ts';

const rendererDir = path.resolve(import.meta.dirname, '../../dist/renderer');

test('thirty people one after the other by scan, through the noise of input methods: none wrong, none lost', async ({
  page,
}) => {
  expect(existsSync(rendererDir), 'run "npm run build" first').toBe(true);
  await withCore({ people: 30, rendererDir }, async (world) => {
    await openWindow(page, world, 'desk');
    await page.locator('.search').waitFor();
    const figures = await runDoor(page, world);
    expect(figures).toMatchObject({ people: 30, wrong: 0, lost: 0 });
    // The bench holds the 3 s; a test may run beside others.
    expect(figures.median_ms).toBeLessThan(3_000);
  });
});

test('the same card held under the scanner is one sign-in, and a foreign code says so', async ({ page }) => {
  await withCore({ people: 3, rendererDir }, async (world) => {
    await openWindow(page, world, 'desk');
    await page.locator('.search').waitFor();
    const scan = (text: string) => scanCard(page, text);
    const outcome = page.getByTestId('outcome');
    const number = String(world.document.roster?.[0]?.citizenNumber);
    await scan(number);
    await expect(outcome).toHaveAttribute('data-outcome', 'signed_in');
    await scan(number);
    await page.waitForTimeout(400);
    await expect(outcome).toHaveAttribute('data-outcome', 'signed_in');
    expect(world.store.attendance.getLogHead().events).toBe(1);
    await scan('BP1|PX-777|ABCDEF');
    await expect(outcome).toHaveAttribute('data-outcome', 'wrong_venue');
    await expect(outcome).toContainText('PX-777');
    await page.waitForTimeout(3_200);
    await scan(number);
    await expect(outcome).toHaveAttribute('data-outcome', 'already_signed_in');
    expect(world.store.attendance.getLogHead().events).toBe(1);
  });
});

test('unit, letter, name: three taps and no typing', async ({ page }) => {
  await withCore({ people: 40, rendererDir }, async (world) => {
    await openWindow(page, world, 'desk');
    const person = world.document.roster?.[7];
    if (!person) throw new Error('the roster has forty people');
    const unit = world.document.units.find((each) => each.id === person.unitId)?.name ?? '';
    const letter = person.name.split(' ').at(-1)?.charAt(0).normalize('NFD').charAt(0) ?? '';
    await page.getByRole('button', { name: 'Chọn theo đơn vị' }).click();
    await page.getByRole('button', { name: unit, exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Chữ đầu của TÊN' })).toBeVisible();
    await page
      .locator('.browse-letter', { hasText: new RegExp(`^${letter}`, 'iu') })
      .first()
      .click();
    await page.locator('button.person', { hasText: person.name }).first().click();
    await expect(page.getByTestId('outcome')).toHaveAttribute('data-outcome', 'signed_in');
    await expect(page.getByTestId('outcome')).toContainText(person.name);
  });
});
