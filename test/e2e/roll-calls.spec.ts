import { withPeople } from '../support/people-page.ts';
import { expect, listAxeViolations, test } from '../support/window-test.ts';

/** Roll calls after the first, the head-count, and a sitting that is opened again. */

test('roll calls, head-count and the assigned supervisor', async ({ page }) => {
  await withPeople(page, 10, async (world) => {
    await world.ask('desk/sign-in', { sittingId: world.sittingId, personId: 'p0001', method: 'search' });
    await page.getByRole('button', { name: 'Lượt điểm danh' }).click();
    await page.getByRole('button', { name: 'Mở lượt giữa buổi' }).click();
    await expect(page.getByText('Đang mở từ')).toBeVisible();
    await world.ask('desk/sign-in', { sittingId: world.sittingId, personId: 'p0001', method: 'search' });
    await expect(page.getByText('Đã xác nhận 1 người')).toBeVisible();
    await page.getByRole('button', { name: 'Ghi có mặt' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Thêm và điểm danh' }).click();
    await expect(page.getByText('Có mặt', { exact: true })).toBeVisible();
    await page.getByLabel('Số người đếm được').fill('5');
    await expect(page.getByRole('button', { name: 'Ghi số đếm' })).toBeDisabled();
    await page.getByLabel('Lý do chênh lệch').fill('Ba phục vụ');
    await page.getByRole('button', { name: 'Ghi số đếm' }).click();
    await expect(page.getByText('chênh 3 người')).toBeVisible();
    expect(await listAxeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Đóng lượt này' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Đóng lượt này' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page.getByRole('button', { name: 'Mở lượt cuối buổi' })).toBeVisible();
    expect(world.core.hall.register(world.sittingId).getTotals()).toMatchObject({
      supervisors: 1,
      present: 1,
      leftEarly: 0,
    });
  });
});

test('closing a roll call names who would count as having left, goes back without a trace, and so does opening another', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1366, height: 768 });
  await withPeople(page, 60, async (world) => {
    const { sittingId } = world;
    const roster = world.document.roster ?? [];
    const totals = () => world.core.hall.register(world.sittingId).getTotals();
    const confirm = (personId: string) => world.ask('desk/sign-in', { sittingId, personId, method: 'list' });
    for (const { id } of roster.slice(0, 40)) await confirm(id);
    await page.getByRole('button', { name: 'Lượt điểm danh' }).click();
    await page.getByRole('button', { name: 'Mở lượt giữa buổi' }).click();
    await confirm(roster[0]!.id);
    await page.getByRole('button', { name: 'Đóng lượt này' }).click();
    const sheet = page.getByRole('dialog');
    await expect(sheet).toContainText('39 người chưa được xác nhận sẽ ghi về sớm');
    await expect(sheet.getByRole('listitem')).toHaveCount(39);
    // The number follows the door while the question stands.
    await confirm(roster[1]!.id);
    await expect(sheet).toContainText('38 người chưa được xác nhận sẽ ghi về sớm');
    await expect(sheet).not.toContainText(`${roster[1]!.name} · ${roster[1]!.birthYear}`);
    // One scroller: the sheet's own; the list inside it has none.
    expect(await sheet.locator('.board-list').evaluate((ul) => ul.scrollHeight <= ul.clientHeight + 1)).toBe(true);
    expect(await listAxeViolations(page)).toEqual([]);
    await sheet.getByRole('button', { name: 'Chưa, quay lại' }).click();
    expect(totals()).toMatchObject({ leftEarly: 0, inHall: 40 });

    await page.getByRole('button', { name: 'Mở lượt cuối buổi' }).click();
    await expect(sheet).toContainText('Đóng lượt điểm danh “Giữa buổi”?');
    await sheet.getByRole('button', { name: 'Chưa, quay lại' }).click();
    expect(world.store.attendance.listRollCalls(sittingId).map(({ closedAt }) => closedAt)).toEqual([null]);
    await page.getByRole('button', { name: 'Mở lượt cuối buổi' }).click();
    await sheet.getByRole('button', { name: 'Đóng lượt này, mở lượt “Cuối buổi”' }).click();
    await expect(sheet).toBeHidden();
    expect(totals()).toMatchObject({ leftEarly: 38 });
    expect(world.store.attendance.listRollCalls(sittingId).map(({ closedAt }) => closedAt === null)).toEqual([
      false,
      true,
    ]);

    await expect(page.getByText('Đã đóng lượt “Giữa buổi”; 38 người ghi về sớm')).toBeVisible();
    // Taken back after it was closed: nobody left early because of it.
    await page.getByRole('button', { name: 'Hủy lượt này: Giữa buổi' }).click();
    await expect(sheet.getByRole('button', { name: 'Hủy lượt này' })).toBeDisabled();
    await sheet.getByRole('button', { name: 'Đóng khi chưa xác nhận xong' }).click();
    expect(await listAxeViolations(page)).toEqual([]);
    await sheet.getByRole('button', { name: 'Hủy lượt này' }).click();
    await expect(page.getByText('Đã hủy: Đóng khi chưa xác nhận xong')).toBeVisible();
    expect(totals()).toMatchObject({ leftEarly: 0, inHall: 40 });
  });
});

test('closing a roll call says first who will have left early; one opened by mistake is cancelled', async ({
  page,
}) => {
  await withPeople(page, 3, async (world) => {
    const { sittingId } = world;
    const [confirmed, gone] = world.document.roster ?? [];
    if (!confirmed || !gone) throw new Error('the roster has three people');
    for (const { id } of [confirmed, gone])
      await world.ask('desk/sign-in', { sittingId, personId: id, method: 'search' });
    await page.getByRole('button', { name: 'Lượt điểm danh', exact: true }).click();
    await page.getByRole('button', { name: 'Mở lượt giữa buổi' }).click();
    await page.getByRole('button', { name: 'Đóng lượt này' }).click();
    const sheet = page.getByRole('dialog');
    await expect(sheet).toContainText('2 người chưa được xác nhận sẽ ghi về sớm');
    // Somebody is confirmed while the list is looked at: it follows.
    await world.ask('desk/sign-in', { sittingId, personId: confirmed.id, method: 'search' });
    await expect(sheet).toContainText('1 người chưa được xác nhận sẽ ghi về sớm');
    await expect(sheet.getByRole('listitem')).toHaveText([new RegExp(`^${gone.name}`, 'u')]);
    expect(await listAxeViolations(page)).toEqual([]);
    expect(world.core.hall.register(world.sittingId).getTotals()).toMatchObject({ leftEarly: 0 });
    await sheet.getByRole('button', { name: 'Đóng lượt này' }).click();
    await expect(sheet).toBeHidden();
    expect(world.core.hall.register(world.sittingId).getTotals()).toMatchObject({ leftEarly: 1 });

    await page.getByRole('button', { name: 'Hủy lượt này' }).click();
    const doIt = sheet.getByRole('button', { name: 'Hủy lượt này' });
    await expect(doIt).toBeDisabled();
    await sheet.getByRole('button', { name: 'Mở nhầm lượt' }).click();
    await doIt.click();
    await expect(page.getByText('Đã hủy: Mở nhầm lượt')).toBeVisible();
    expect(world.core.hall.register(world.sittingId).getTotals()).toMatchObject({ leftEarly: 0 });
    await expect(page.getByRole('button', { name: 'Hủy lượt này' })).toBeHidden();
  });
});

test('a sitting that ended is opened again only with a reason, which the next report repeats', async ({ page }) => {
  await withPeople(page, 3, async (world) => {
    const { sittingId } = world;
    const state = () => world.store.sittings.getSitting(sittingId)?.state;
    await world.ask('console/end-sitting', { sittingId });
    await world.until('delivery', () => state() === 'delivered');
    await page.getByRole('button', { name: 'Tổng quan' }).click();
    await page.getByRole('button', { name: 'Mở lại buổi' }).click();
    const sheet = page.getByRole('dialog');
    await expect(sheet.getByRole('button', { name: 'Mở lại buổi' })).toBeDisabled();
    await sheet.getByLabel('Lý do mở lại').fill('Hội nghị kéo dài thêm 30 phút');
    expect(await listAxeViolations(page)).toEqual([]);
    await sheet.getByRole('button', { name: 'Mở lại buổi' }).click();
    await world.until('the reopening', () => state() === 'open' || state() === 'live');
    await world.ask('console/end-sitting', { sittingId });
    const { reportId } = world.store.sittings.getSitting(sittingId)!;
    await world.until('the next revision', () => world.store.reports.getLastRevision(reportId) === 2);
    expect(world.store.reports.getReport(reportId, 2)?.amendment?.reason).toContain('Hội nghị kéo dài thêm 30 phút');
  });
});
