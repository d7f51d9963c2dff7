import { row, withPeople } from '../support/people-page.ts';
import { expect, listAxeViolations, test } from '../support/window-test.ts';

test('twenty people of the paper sheet are typed in with the keyboard, marked as from paper', async ({ page }) => {
  await withPeople(page, 60, async (world) => {
    const { sittingId } = world;
    await page.getByRole('button', { name: 'Nhập từ phiếu giấy' }).click();
    const sitting = world.store.sittings.getSitting(sittingId)!;
    const time = new Date(sitting.opensAt + 60_000)
      .toLocaleTimeString('en-GB', { timeZone: 'Asia/Ho_Chi_Minh', hour: '2-digit', minute: '2-digit' })
      .replace(':', '');
    const who = page.getByLabel('Số trên phiếu, hoặc tên');
    await expect(who).toBeFocused();
    const began = Date.now();
    for (let number = 1; number <= 20; number += 1) {
      await expect(who).toHaveValue('');
      // A person needs about a quarter of a second for a key.
      await page.keyboard.type(String(number), { delay: 250 });
      await page.keyboard.press('Enter', { delay: 250 });
      if (number === 1) await page.keyboard.type(time, { delay: 250 });
      await page.keyboard.press('Enter', { delay: 250 });
    }
    await expect(page.getByText('Đã nhập 20 người')).toBeVisible();
    const perMinute = 20 / ((Date.now() - began) / 60_000);
    console.log(`paper sheet: ${perMinute.toFixed(0)} people a minute`);
    expect(perMinute).toBeGreaterThanOrEqual(10);
    const events = world.store.attendance.listEvents(sittingId);
    expect(events.map(({ method, body }) => [method, body.at])).toEqual(
      Array.from({ length: 20 }, () => ['paper', expect.any(Number)]),
    );
    expect(await listAxeViolations(page)).toEqual([]);

    // By the first letters too; the list and the history say where it came from.
    const person = world.core.hall.secretary(sittingId)!.listOnPaper()[25]!;
    await page.keyboard.type(person.name);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Đã nhập 21 người')).toBeVisible();
    await page.getByRole('button', { name: 'Danh sách', exact: true }).click();
    await page.getByRole('textbox', { name: 'Tìm theo tên' }).fill(person.name);
    await expect(row(page, person.name)).toContainText('từ phiếu giấy');
    await row(page, person.name).getByRole('button').click();
    await expect(page.getByRole('dialog').locator('.people-history')).toContainText('từ phiếu giấy');
  });
});
