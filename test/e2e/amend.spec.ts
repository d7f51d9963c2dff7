import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { openWindow } from '../support/door.ts';
import { expect, listAxeViolations, listCutOff, test } from '../support/window-test.ts';
import { withCore, type CoreWorld } from '../support/with-core.ts';

const rendererDir = path.resolve(import.meta.dirname, '../../dist/renderer');

interface Day {
  world: CoreWorld;
  morning: string;
  afternoon: string;
}

/**
 * Morning delivered with two of eight present, afternoon open with one, or with `stillMorning` the morning still on; the console
 * is open at its first page.
 */
async function withDay(page: Page, body: (day: Day) => Promise<void>, { stillMorning = false } = {}): Promise<void> {
  expect(existsSync(rendererDir), 'run "npm run build" first').toBe(true);
  await withCore(
    {
      people: 8,
      rendererDir,
      package: (document) => ({
        ...document,
        sittings: [document.sittings[0]!, { ...document.sittings[0]!, id: 'chieu', title: 'Buổi chiều' }],
      }),
    },
    async (world) => {
      const morning = world.sittingId;
      const present = [0, 1].map((nth) => idOf(world, nth));
      for (const personId of present) await world.ask('desk/sign-in', { sittingId: morning, personId, method: 'list' });
      await world.ask('console/unlock', { pin: '123456', role: 'technician' });
      if (stillMorning) {
        await openWindow(page, world, 'console');
        return body({ world, morning, afternoon: '' });
      }
      await world.ask('console/end-sitting', { sittingId: morning });
      await world.until('delivery', () => world.store.sittings.getSitting(morning)?.state === 'delivered');
      await world.until('the afternoon', () => world.core.hall.sitting?.state === 'open');
      const afternoon = world.sittingId;
      await world.ask('desk/sign-in', { sittingId: afternoon, personId: idOf(world, 5), method: 'list' });
      await openWindow(page, world, 'console');
      return body({ world, morning, afternoon });
    },
  );
}

const idOf = (world: CoreWorld, nth: number): string => world.document.roster![nth]!.id;
const nameOf = (world: CoreWorld, nth: number): string => world.document.roster![nth]!.name;
/** `08:05` in the zone of the kiosk. */
const timeOf = (ms: number): string =>
  new Date(ms).toLocaleTimeString('en-GB', { timeZone: 'Asia/Ho_Chi_Minh', hour: '2-digit', minute: '2-digit' });
const rail = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const which = (page: Page) => page.getByRole('combobox', { name: 'Buổi', exact: true });
const row = (page: Page, name: string) => page.locator('.people-table tr', { hasText: name }).first();

async function amendMorning(page: Page): Promise<void> {
  await rail(page, 'Báo cáo').click();
  await which(page).selectOption({ label: 'Buổi sáng' });
  await page.getByRole('button', { name: 'Bổ sung báo cáo' }).click();
  await expect(page.getByText('Đang bổ sung báo cáo')).toBeVisible();
  await rail(page, 'Đại biểu').click();
  await expect(which(page)).toHaveValue(/\/sang$/);
}

/** Everything the log and the counts say of a sitting. */
function recordOf(world: CoreWorld, sittingId: string) {
  return {
    log: world.store.attendance.listEvents(sittingId),
    headCount: world.store.settings.getHeadCount(sittingId),
    rollCalls: world.store.attendance.listRollCalls(sittingId),
    totals: world.core.hall.register(sittingId).getTotals(),
  };
}

test('attendance and head-count of the morning are amended while the afternoon is open, whose log stays as it was', async ({
  page,
}) => {
  await withDay(page, async ({ world, morning, afternoon }) => {
    const before = recordOf(world, afternoon);
    await amendMorning(page);
    await expect(page.getByText('Đang xem và sửa buổi sáng; hội trường đang ở buổi chiều.')).toBeVisible();
    await expect(page.getByText('Đang bổ sung: Buổi sáng.')).toBeVisible();

    // An absence with its reason.
    await row(page, nameOf(world, 2)).getByRole('button').click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('button', { name: 'Vắng có lý do' }).click();
    await sheet.getByRole('button', { name: 'Ốm', exact: true }).click();
    await sheet.getByRole('button', { name: 'Xác nhận: Vắng có lý do' }).click();
    await expect(sheet).toBeHidden();
    // An arrival is taken back: the history that is read is the morning's too.
    await row(page, nameOf(world, 1)).getByRole('button').click();
    await expect(sheet.locator('.people-history li')).toHaveCount(1);
    await sheet.getByRole('button', { name: 'Hủy lần ghi gần nhất', exact: true }).click();
    await sheet.getByRole('button', { name: 'Xác nhận: Hủy lần ghi gần nhất' }).click();
    await expect(sheet).toBeHidden();

    // The head-count, against the list of the morning.
    await rail(page, 'Lượt điểm danh').click();
    await expect(page.getByText('Theo danh sách: 1 người')).toBeVisible();
    await page.getByLabel('Số người đếm được').fill('1');
    await page.getByRole('button', { name: 'Ghi số đếm' }).click();
    await expect(page.getByText('Đã ghi 1 người')).toBeVisible();
    expect(await listCutOff(page, '.people-table, .board-page, .unit-table, select')).toEqual([]);

    expect(recordOf(world, morning)).toMatchObject({
      headCount: { counted: 1 },
      totals: { present: 1, absentExcused: 1, absentUnexcused: 6 },
    });
    expect(recordOf(world, afternoon)).toEqual(before);

    // What the report says of it, and that it is sealed and reaches the province.
    await rail(page, 'Báo cáo').click();
    await page.getByRole('button', { name: 'Chốt bản bổ sung' }).click();
    await page.getByLabel('Lý do bổ sung').fill('Bổ sung theo phiếu giấy');
    await page.getByLabel('Người bổ sung').fill('Trần Thị Ví Dụ');
    await sheet.getByRole('button', { name: 'Chốt bản bổ sung' }).click();
    await expect(sheet).toContainText('Đã chốt bản 2');
    world.core.reports.courier.sendNow();
    const { reportId } = world.store.sittings.getSitting(morning)!;
    await world.until('the second delivery', () => world.store.sittings.getSitting(morning)?.state === 'delivered');
    expect(await world.intake.getOpened(reportId, 2)).toMatchObject({
      totals: { present: 1, absentExcused: 1, absentUnexcused: 6 },
      headCount: { counted: 1 },
    });
    expect(recordOf(world, afternoon)).toEqual(before);
  });
});

test('the report that is being read stays, whatever the hall does; an open amendment is named on every page', async ({
  page,
}) => {
  await withDay(
    page,
    async ({ world, morning }) => {
      await rail(page, 'Báo cáo').click();
      await expect(page.getByText('Báo cáo buổi sáng', { exact: true })).toBeVisible();
      await world.ask('console/end-sitting', { sittingId: morning });
      await world.until('delivery', () => world.store.sittings.getSitting(morning)?.state === 'delivered');
      await world.until('the afternoon', () => world.core.hall.sitting?.state === 'open');
      await expect(page.getByText('hội trường đang ở buổi chiều')).toBeVisible();
      await expect(which(page)).toHaveValue(morning);
      await page.getByRole('button', { name: 'Bổ sung báo cáo' }).click();
      await expect(page.getByText('Đang bổ sung báo cáo')).toBeVisible();
      await page.getByRole('button', { name: 'Về buổi chiều' }).click();
      for (const name of ['Tổng quan', 'Đại biểu', 'Hình và tiếng', 'Trợ giúp', 'Báo cáo']) {
        await rail(page, name).click();
        await expect(page.getByText('Đang bổ sung: Buổi sáng.')).toBeVisible();
      }
      expect(await listAxeViolations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Xem buổi này' }).click();
      await expect(which(page)).toHaveValue(morning);
      await expect(page.getByText('Báo cáo buổi sáng', { exact: true })).toBeVisible();
    },
    { stillMorning: true },
  );
});

test('the morning is amended when every sitting is over and delivered', async ({ page }) => {
  await withDay(page, async ({ world, morning, afternoon }) => {
    await world.ask('console/end-sitting', { sittingId: afternoon });
    await world.until('delivery', () => world.store.sittings.getSitting(afternoon)?.state === 'delivered');
    const before = recordOf(world, afternoon);
    await amendMorning(page);
    await page.getByRole('button', { name: 'Thêm người' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('Họ và tên').fill('Lò Thị Mẩy');
    const add = sheet.getByRole('button', { name: 'Thêm và điểm danh' });
    // Whoever is added when all is over came at a moment that must be entered.
    await expect(add).toBeDisabled();
    await sheet.getByLabel('Giờ đến thực tế').fill(timeOf(world.store.sittings.getSitting(morning)!.startsAt));
    await add.click();
    await expect(sheet).toBeHidden();
    await row(page, nameOf(world, 3)).getByRole('button').click();
    await sheet.getByRole('button', { name: 'Vắng có lý do' }).click();
    await sheet.getByRole('button', { name: 'Ốm', exact: true }).click();
    await sheet.getByRole('button', { name: 'Xác nhận: Vắng có lý do' }).click();
    await expect(sheet).toBeHidden();
    expect(recordOf(world, morning).totals).toMatchObject({ present: 2, absentExcused: 1, walkIns: 1, inHall: 3 });
    expect(recordOf(world, afternoon)).toEqual(before);
  });
});

test('what is being entered stays in its sitting when the hall goes on; then the page follows the hall', async ({
  page,
}) => {
  await withDay(
    page,
    async ({ world, morning }) => {
      await rail(page, 'Đại biểu').click();
      await expect(which(page)).toHaveValue(morning);
      await row(page, nameOf(world, 4)).getByRole('button').click();
      const sheet = page.getByRole('dialog');
      await sheet.getByRole('button', { name: 'Điểm danh, ghi giờ khác' }).click();

      await world.ask('console/end-sitting', { sittingId: morning });
      await world.until('the afternoon', () => world.sittingId !== morning);
      await world.until('its opening', () => world.core.hall.sitting?.state === 'open');
      const afternoon = world.sittingId;
      await expect(sheet).toContainText(nameOf(world, 4));
      await sheet.getByRole('button', { name: 'Xác nhận: Điểm danh, ghi giờ khác' }).click();
      await expect(sheet.getByRole('alert')).not.toBeEmpty();
      expect(world.store.attendance.listEvents(afternoon)).toEqual([]);

      await sheet.getByRole('button', { name: 'Đóng' }).click();
      await expect(which(page)).toHaveValue(afternoon);
    },
    { stillMorning: true },
  );
});
