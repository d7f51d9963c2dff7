import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { row, withPeople } from '../support/people-page.ts';
import { expect, listAxeViolations, listCutOff, settle, test } from '../support/window-test.ts';

/** The list of everybody: signed in, excused, sorted, filtered, taken back. */

test('the secretary signs somebody in, undoes it in three actions, and the board follows', async ({ page }) => {
  await withPeople(page, 30, async (world) => {
    const person = world.document.roster?.[4];
    if (!person) throw new Error('the roster has thirty people');
    const present = () => world.core.hall.register(world.sittingId).getTotals().present;
    await page.getByRole('textbox', { name: 'Tìm theo tên' }).fill(person.name);
    await row(page, person.name).getByRole('button').click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('button', { name: 'Điểm danh', exact: true }).click();
    // What was done is said with the name, and taken back from there.
    await expect(page.getByText(`Đã điểm danh: ${person.name}`)).toBeVisible();
    await expect(sheet).toBeHidden();
    expect(present()).toBe(1);
    await page.getByRole('button', { name: 'Hoàn tác' }).click();
    await expect(page.getByText('Đã hoàn tác.')).toBeVisible();
    expect(present()).toBe(0);

    await row(page, person.name).getByRole('button').click();
    await sheet.getByRole('button', { name: 'Điểm danh', exact: true }).click();
    await expect(sheet).toBeHidden();
    await row(page, person.name).getByRole('button').click();
    await sheet.getByRole('button', { name: 'Hủy lần ghi gần nhất', exact: true }).click();
    await sheet.getByRole('button', { name: 'Xác nhận: Hủy lần ghi gần nhất' }).click();
    await expect(sheet).toBeHidden();
    await row(page, person.name).getByRole('button').click();
    await expect(sheet).toContainText('Chưa đến');
    await expect(sheet.locator('.people-undone')).toHaveCount(2);
    await expect(sheet.locator('.people-undone').first()).toContainText('đã hủy');
    expect(present()).toBe(0);
    expect(await listAxeViolations(page)).toEqual([]);
  });
});

test('fifty absences are excused with one reason in well under a minute', async ({ page }) => {
  await withPeople(page, 60, async (world) => {
    const began = Date.now();
    await expect(page.locator('tbody .people-check')).toHaveCount(50);
    await page.getByRole('checkbox', { name: 'Chọn cả trang' }).check();
    await page.getByRole('button', { name: 'Ghi vắng có lý do' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('button', { name: 'Đi công tác' }).click();
    await sheet.getByRole('button', { name: 'Ghi', exact: true }).click();
    await expect(sheet).toBeHidden();
    await expect(page.getByText(/Đã ghi vắng có lý do 50 người: .+, .+ và 48 người khác/u)).toBeVisible();
    expect(Date.now() - began).toBeLessThan(60_000);
    expect(world.core.hall.register(world.sittingId).getTotals()).toMatchObject({ absentExcused: 50, awaited: 10 });
    await expect(page.locator('.people-status').first()).toContainText('Đi công tác');
    await page.getByRole('button', { name: 'Hoàn tác' }).click();
    await expect(page.getByText('Đã hoàn tác.')).toBeVisible();
    expect(world.core.hall.register(world.sittingId).getTotals()).toMatchObject({ absentExcused: 0, awaited: 60 });
  });
});

test('a delegation that came together is signed in at once, with number and names, and taken back by one press', async ({
  page,
}) => {
  await withPeople(page, 40, async (world) => {
    const totals = () => world.core.hall.register(world.sittingId).getTotals();
    const unit = world.core.hall.register(world.sittingId).listUnits()[0]!;
    await page.getByRole('combobox', { name: 'Đơn vị' }).selectOption(unit.unitId);
    await page.getByRole('button', { name: 'Điểm danh cả đơn vị' }).click();
    const sheet = page.getByRole('dialog');
    await expect(sheet.getByRole('listitem')).toHaveCount(unit.summoned);
    // Somebody stayed at home.
    await sheet.getByRole('listitem').first().getByRole('checkbox').uncheck();
    expect(await listAxeViolations(page)).toEqual([]);
    await sheet.getByRole('button', { name: `Điểm danh ${unit.summoned - 1} người` }).click();
    await expect(sheet).toBeHidden();
    await expect(page.getByText(new RegExp(`Đã điểm danh ${unit.summoned - 1} người: `, 'u'))).toBeVisible();
    expect(totals()).toMatchObject({ present: unit.summoned - 1 });
    await page.getByRole('button', { name: 'Hoàn tác' }).click();
    await expect(page.getByText('Đã hoàn tác.')).toBeVisible();
    expect(totals()).toMatchObject({ present: 0 });
  });
});

test('the list is sorted by its headings, filtered by kind with counts, and saved before the end', async ({ page }) => {
  await withPeople(page, 30, async (world) => {
    const { sittingId } = world;
    mkdirSync(path.join(world.dir, 'home', 'Downloads'), { recursive: true });
    const shown = page.getByRole('combobox', { name: 'Tình trạng' });
    await world.ask('console/people/add', { sittingId, kind: 'guest', name: 'Lò Thị Khách' });
    await world.ask('desk/sign-in', { sittingId, personId: 'p0003', method: 'list' });
    await expect(shown.getByRole('option', { name: 'Khách mời (1)' })).toBeAttached();
    await expect(shown.getByRole('option', { name: 'Chưa có mặt (29)' })).toBeAttached();
    await shown.selectOption('kind:guest');
    await expect(page.locator('.people-table tbody tr')).toHaveCount(1);
    await shown.selectOption('');
    await page.getByRole('button', { name: 'Giờ đến' }).click();
    await expect(page.locator('.people-table tbody tr').nth(2)).toContainText('Chưa đến');
    await expect(page.locator('th[aria-sort=ascending]')).toContainText('Giờ đến');
    await page.getByRole('button', { name: 'Giờ đến' }).click();
    await expect(page.locator('.people-table tbody tr').first()).toContainText('Chưa đến');

    await page.getByRole('button', { name: 'Lưu danh sách' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('checkbox', { name: 'Danh sách lúc này (PDF)' }).uncheck();
    await sheet.getByRole('button', { name: 'Lưu', exact: true }).click();
    await expect(sheet.getByTestId('save-outcome')).toContainText('danh-sach-hien-tai');
  });
});

for (const size of [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
])
  test(`nothing is cut off at ${size.width} × ${size.height}`, async ({ page }) => {
    await page.setViewportSize(size);
    await withPeople(page, 120, async (world) => {
      for (const [i, person] of (world.document.roster ?? []).entries())
        if (i % 3 === 0)
          await world.ask('desk/sign-in', { sittingId: world.sittingId, personId: person.id, method: 'search' });
      await world.ask('console/people/excuse', { sittingId: world.sittingId, personIds: ['p0002'], reason: 'Ốm' });
      await expect(page.locator('.people-open')).toHaveCount(50);
      for (const tab of ['Danh sách', 'Lượt điểm danh', 'Nhập danh sách', 'Thử máy quét']) {
        await page.getByRole('button', { name: tab, exact: true }).click();
        await settle(page);
        expect(await listCutOff(page, '.people-table, .board-page, .unit-table, select')).toEqual([]);
        expect(await listAxeViolations(page)).toEqual([]);
      }
    });
  });
