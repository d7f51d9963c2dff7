import { withPeople } from '../support/people-page.ts';
import { expect, listAxeViolations, test } from '../support/window-test.ts';

/** Who is not on the list, and who calls for help. */

test('a walk-in who looks like somebody on the list is asked about, and a substitute sits for a summoned person', async ({
  page,
}) => {
  await withPeople(page, 20, async (world) => {
    const known = world.document.roster?.[2];
    const absent = world.document.roster?.[9];
    if (!known || !absent) throw new Error('the roster has twenty people');
    const sheet = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Thêm người' }).click();
    await sheet.getByLabel('Họ và tên').fill(known.name);
    await sheet.getByRole('button', { name: 'Thêm và điểm danh' }).click();
    await expect(sheet).toContainText('Có thể là người đã có trong danh sách');
    expect(await listAxeViolations(page)).toEqual([]);
    await sheet.getByRole('button', { name: 'Là người khác, vẫn thêm' }).click();
    await expect(sheet).toBeHidden();

    await page.getByRole('button', { name: 'Thêm người' }).click();
    await sheet.getByRole('button', { name: 'Dự thay' }).click();
    await sheet.getByLabel('Họ và tên').fill('Quàng Văn Xôm');
    await sheet.getByLabel(/Năm sinh hoặc ngày sinh/u).fill('05/02/1962');
    await sheet.getByLabel(/Dự thay đồng chí/u).fill(absent.name);
    await sheet
      .getByRole('button', { name: new RegExp(absent.name, 'u') })
      .first()
      .click();
    await sheet.getByRole('button', { name: 'Thêm và điểm danh' }).click();
    await expect(sheet).toBeHidden();
    expect(world.core.hall.register(world.sittingId).getTotals()).toMatchObject({
      walkIns: 1,
      substitutes: 1,
      inHall: 2,
    });
  });
});

test('somebody at the desk asks for the secretary, and the console says so until it answers', async ({ page }) => {
  await withPeople(page, 3, async (world) => {
    await world.ask('desk/ask-help', {});
    await expect(page.getByText('Có người cần thư ký giúp')).toBeVisible();
    await page.getByRole('button', { name: 'Đã giúp' }).click();
    await expect(page.getByText('Có người cần thư ký giúp')).toBeHidden();
  });
});
