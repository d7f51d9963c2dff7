import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { openWindow, scanCard } from '../support/door.ts';
import { expect, listAxeViolations, listCutOff, test } from '../support/window-test.ts';
import { withCore, type CoreWorld } from '../support/with-core.ts';

const rendererDir = path.resolve(import.meta.dirname, '../../dist/renderer');

/** A console of a real core, opened by PIN, at the page about people. */
async function withPeople(page: Page, people: number, body: (world: CoreWorld) => Promise<void>): Promise<void> {
  expect(existsSync(rendererDir), 'run "npm run build" first').toBe(true);
  const supervisors = [{ name: 'Ma Khắc Hằng', position: 'Tỉnh ủy viên', unit: 'Ban Tổ chức Tỉnh ủy' }];
  await withCore(
    {
      people,
      rendererDir,
      package: (document) => ({
        ...document,
        roles: { ...document.roles, supervisors, chair: { name: 'Trần Thị Ví Dụ', position: 'Bí thư' } },
      }),
    },
    async (world) => {
      await world.ask('console/unlock', { pin: '123456', role: 'technician' });
      await openWindow(page, world, 'console');
      await page.getByRole('button', { name: 'Đại biểu', exact: true }).click();
      await body(world);
    },
  );
}

const row = (page: Page, name: string) => page.locator('.people-table tr', { hasText: name }).first();

test('the secretary signs somebody in, undoes it in three actions, and the board follows', async ({ page }) => {
  await withPeople(page, 30, async (world) => {
    const person = world.document.roster?.[4];
    if (!person) throw new Error('the roster has thirty people');
    const present = () => world.core.hall.register().getTotals().present;
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
    expect(world.core.hall.register().getTotals()).toMatchObject({ absentExcused: 50, awaited: 10 });
    await expect(page.locator('.people-status').first()).toContainText('Đi công tác');
    await page.getByRole('button', { name: 'Hoàn tác' }).click();
    await expect(page.getByText('Đã hoàn tác.')).toBeVisible();
    expect(world.core.hall.register().getTotals()).toMatchObject({ absentExcused: 0, awaited: 60 });
  });
});

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
    expect(world.core.hall.register().getTotals()).toMatchObject({ walkIns: 1, substitutes: 1, inHall: 2 });
  });
});

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
    expect(world.core.hall.register().getTotals()).toMatchObject({ supervisors: 1, present: 1, leftEarly: 0 });
  });
});

test('closing a roll call names who would count as having left, goes back without a trace, and so does opening another', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1366, height: 768 });
  await withPeople(page, 60, async (world) => {
    const { sittingId } = world;
    const roster = world.document.roster ?? [];
    const totals = () => world.core.hall.register().getTotals();
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
    expect(world.core.hall.register().getTotals()).toMatchObject({ leftEarly: 0 });
    await sheet.getByRole('button', { name: 'Đóng lượt này' }).click();
    await expect(sheet).toBeHidden();
    expect(world.core.hall.register().getTotals()).toMatchObject({ leftEarly: 1 });

    await page.getByRole('button', { name: 'Hủy lượt này' }).click();
    const doIt = sheet.getByRole('button', { name: 'Hủy lượt này' });
    await expect(doIt).toBeDisabled();
    await sheet.getByRole('button', { name: 'Mở nhầm lượt' }).click();
    await doIt.click();
    await expect(page.getByText('Đã hủy: Mở nhầm lượt')).toBeVisible();
    expect(world.core.hall.register().getTotals()).toMatchObject({ leftEarly: 0 });
    await expect(page.getByRole('button', { name: 'Hủy lượt này' })).toBeHidden();
  });
});

test('a roster file is looked at, corrected and written; the scanner test names what it sees', async ({ page }) => {
  await withPeople(page, 3, async (world) => {
    const folder = path.join(world.dir, 'home', 'Downloads');
    mkdirSync(folder, { recursive: true });
    const lines = [
      'DANH SÁCH ĐẠI BIỂU,,,',
      'TT,Họ và tên,Năm sinh,Đơn vị',
      '1,Lò Thị Mẩy,1961,Chi bộ Bản Mới',
      '2,,1955,Chi bộ Bản Mới',
    ];
    writeFileSync(path.join(folder, 'đại biểu.csv'), lines.join('\n'));
    await page.getByRole('button', { name: 'Nhập danh sách' }).click();
    await page.getByRole('button', { name: 'đại biểu.csv' }).click();
    await expect(page.getByText('Thêm 1', { exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: '4 · Chưa hiểu' })).toBeVisible();
    await expect(page.getByText('3 người không có trong tệp: vẫn ở lại')).toBeVisible();
    await page.getByRole('button', { name: 'Thay bằng tệp này' }).click();
    await expect(page.getByText('Bỏ 3 người không có trong tệp')).toBeVisible();
    expect(await listAxeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Ghi danh sách này' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Bỏ 3 người và ghi' }).click();
    await expect(page.getByText('Đã ghi: thêm 1, sửa 0, bỏ 3')).toBeVisible();
    expect([...world.core.hall.register().listPeople().values()].map((p) => p.name)).toEqual(['Lò Thị Mẩy']);
    await page.getByRole('button', { name: 'Hoàn tác lần này' }).click();
    await expect(page.getByText('Đã hoàn tác: trả lại 3 người')).toBeVisible();
    expect(world.core.hall.register().listPeople().size).toBe(3);

    await page.getByRole('button', { name: 'Thử máy quét' }).click();
    await expect(page.getByText('Đang chờ máy quét…')).toBeVisible();
    await scanCard(page, '099077123456||TRAN VAN AN|01021990|Nam|TO 5|10052021');
    await expect(page.getByText('Thẻ căn cước')).toBeVisible();
    await expect(page.getByText('Số cuối: 3456')).toBeVisible();
    await expect(page.getByText('Mất dấu tiếng Việt')).toBeVisible();
    expect(await listAxeViolations(page)).toEqual([]);
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
        await page.waitForTimeout(400);
        expect(await listCutOff(page, '.people-table, .board-page, .people-lines, .unit-table, select')).toEqual([]);
        expect(await listAxeViolations(page)).toEqual([]);
      }
    });
  });

test('a delegation that came together is signed in at once, with number and names, and taken back by one press', async ({
  page,
}) => {
  await withPeople(page, 40, async (world) => {
    const totals = () => world.core.hall.register().getTotals();
    const unit = world.core.hall.register().listUnits()[0]!;
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
