import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { withPeople } from '../support/people-page.ts';
import { expect, test } from '../support/window-test.ts';

test('clicks: one absentee is found, ten are excused, the chair goes from the end to signed and saved', async ({
  page,
}) => {
  await withPeople(page, 40, async (world) => {
    mkdirSync(path.join(world.dir, 'home', 'Downloads'), { recursive: true });
    const { sittingId } = world;
    let clicks = 0;
    const click = async (name: string | RegExp, role: 'button' | 'checkbox' = 'button'): Promise<void> => {
      clicks += 1;
      const found = page.getByRole(role, { name });
      await found.last().click();
    };
    const count = (what: string, most: number): void => {
      console.log(`${what}: ${clicks} clicks`);
      expect(clicks).toBeLessThanOrEqual(most);
      clicks = 0;
    };
    await page.getByRole('button', { name: 'Tổng quan' }).click();
    const person = world.document.roster![12]!;
    await click(/^Đại biểu$/u);
    await page.keyboard.type(person.name);
    await expect(page.locator('.people-table tbody tr')).toHaveCount(1);
    await click(new RegExp(`^${person.name}`, 'u'));
    await expect(page.getByRole('dialog')).toContainText('Chưa đến');
    count('one absentee found', 2);
    await page.keyboard.press('Escape');

    await page.getByRole('textbox', { name: 'Tìm theo tên' }).fill('');
    await expect(page.locator('.people-table tbody tr')).toHaveCount(40);
    for (let nth = 0; nth < 10; nth += 1) {
      clicks += 1;
      await page.locator('tbody .people-check').nth(nth).click();
    }
    await click('Ghi vắng có lý do');
    await click('Ốm');
    await click(/^Ghi$/u);
    await expect(page.getByText(/Đã ghi vắng có lý do 10 người/u)).toBeVisible();
    count('ten excused', 13);

    await page.getByRole('button', { name: 'Tổng quan' }).click();
    await world.ask('console/end-sitting', { sittingId });
    await world.until('delivery', () => world.store.sittings.getSitting(sittingId)?.state === 'delivered');
    await page.locator('.tasks button', { hasText: 'Chủ trì' }).click();
    clicks += 1;
    for (const digit of '123456') await click(new RegExp(`^${digit}$`, 'u'));
    await click('Xác nhận');
    await click(/^Lưu$/u);
    count('chair from end to signed and saved', 9);
    expect(world.store.reports.getNotes(sittingId).signOff).not.toBeNull();
  });
});
