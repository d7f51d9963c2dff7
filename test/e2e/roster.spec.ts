import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { openWindow } from '../support/door.ts';
import { expect, listAxeViolations, listCutOff, settle, test } from '../support/window-test.ts';
import { withCore, type CoreWorld } from '../support/with-core.ts';

const rendererDir = path.resolve(import.meta.dirname, '../../dist/renderer');
/** Pictures are kept when this names a folder. */
const PICTURES = process.env['ROSTER_PICTURES'];

/** The page "Nhập danh sách" of a real core, opened by PIN; only the mouse is used. `put` puts a file in Downloads. */
async function withImport(
  page: Page,
  people: number,
  files: Record<string, string>,
  body: (world: CoreWorld) => Promise<void>,
): Promise<void> {
  expect(existsSync(rendererDir), 'run "npm run build" first').toBe(true);
  await withCore({ people, rendererDir }, async (world) => {
    const folder = path.join(world.dir, 'home', 'Downloads');
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    await world.ask('console/unlock', { pin: '123456', role: 'technician' });
    await openWindow(page, world, 'console');
    await page.getByRole('button', { name: 'Đại biểu', exact: true }).click();
    await page.getByRole('button', { name: 'Nhập danh sách' }).click();
    await body(world);
  });
}

const HEAD = 'STT,Họ và tên,Năm sinh,Chức vụ,Đơn vị';
const LIST = [
  'DANH SÁCH ĐẠI BIỂU DỰ HỘI NGHỊ,,,,',
  HEAD,
  '1,Lò Thị Mẩy,1961,Bí thư,Chi bộ Bản Mới',
  '2,Sầm Văn Pá và Ma Thị Là,1955,,Chi bộ Bản Mới',
  '3,,1970,Đảng viên,Chi bộ Hưu trí',
  '4,Đ/c Quàng Văn Xôm - Trưởng bản,1971,,Chi bộ Hưu trí',
  ...Array.from(
    { length: 40 },
    (_, i) => `${i + 5},Hoàng Văn ${'ABCDEGHIKLMNOPQRSTUVXY'[i % 22]}nh,${1950 + i},Đảng viên,Chi bộ ${1 + (i % 5)}`,
  ),
  'Tổng cộng: 45 đồng chí,,,,',
  ',NGƯỜI LẬP BIỂU,,,',
].join('\n');

for (const displays of [1, 2])
  test(`${displays} display(s): from the stick to the list with one question, in at most six clicks of the mouse, and back`, async ({
    page,
  }) => {
    await withImport(page, 12, { 'đại biểu.csv': LIST, 'danh sách cũ.xls': 'x' }, async (world) => {
      world.core.setDisplays(displays);
      await expect(page.getByText('hãy mở ra và lưu lại thành .xlsx')).toBeVisible();
      expect(await listAxeViolations(page)).toEqual([]);
      let clicks = 0;
      const click = async (name: string): Promise<void> => {
        clicks += 1;
        await page.getByRole('button', { name }).first().click();
      };
      await click('đại biểu.csv');
      await expect(page.getByText('1 ô họ tên có hai người trở lên')).toBeVisible({ timeout: 30_000 });
      await expect(page.getByRole('button', { name: 'Ghi danh sách này' })).toBeDisabled();
      // What was not understood stands first; the words of the rows add up to the file.
      await expect(page.locator('.roster-table tbody tr').first()).toContainText('Chưa hiểu');
      await expect(page.getByRole('button', { name: 'Mọi dòng (48)' })).toBeVisible();
      expect(await listAxeViolations(page)).toEqual([]);
      await click('Tách ra');
      await expect(page.getByText('Thêm 44', { exact: true })).toBeVisible({ timeout: 30_000 });
      await click('Ghi danh sách này');
      await expect(page.getByText('Đã ghi: thêm 44, sửa 0, bỏ 0')).toBeVisible();
      expect(clicks).toBeLessThanOrEqual(6);
      expect(world.core.hall.register(world.sittingId).getTotals().summoned).toBe(56);
      const names = [...world.core.hall.register(world.sittingId).listPeople().values()].map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(['Sầm Văn Pá', 'Ma Thị Là', 'Quàng Văn Xôm']));
      expect(await listAxeViolations(page)).toEqual([]);
      await click('Hoàn tác lần này');
      await expect(page.getByText('Đã hoàn tác: ')).toBeVisible();
      expect(world.core.hall.register(world.sittingId).getTotals().summoned).toBe(12);
    });
  });

test('a row and a column are changed by pressing them, and a sheet without a heading leads to the table', async ({
  page,
}) => {
  const files = {
    'không tiêu đề.csv': 'x,Anh Đào,Bản Mới\ny,Bích,Bản Mới\n',
    'đại biểu.csv': LIST,
  };
  await withImport(page, 0, files, async (world) => {
    await page.getByRole('button', { name: 'không tiêu đề.csv' }).click();
    await expect(page.getByText('Không thấy danh sách trong trang này')).toBeVisible({ timeout: 30_000 });
    await page.getByRole('button', { name: 'B không dùng' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Họ và tên' }).click();
    for (const row of [1, 2]) {
      await page.getByRole('button', { name: new RegExp(`^${row} ·`) }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Người', exact: true }).click();
      await expect(page.getByRole('button', { name: new RegExp(`^${row} · Người`) })).toBeVisible({ timeout: 30_000 });
    }
    await page.getByRole('button', { name: 'Ghi danh sách này' }).click();
    await expect(page.getByText('Đã ghi: thêm 2')).toBeVisible();
    expect(world.core.hall.register(world.sittingId).getTotals().summoned).toBe(2);
  });
});

test('replacing names who goes behind a second question, and the sample file is saved', async ({ page }) => {
  await withImport(page, 5, { 'mới.csv': `${HEAD}\n1,Lò Thị Mẩy,1961,,Chi bộ Bản Mới\n` }, async (world) => {
    await page.getByRole('button', { name: 'Lưu tệp mẫu vào Tải xuống' }).click();
    await expect(page.getByText('Đã lưu “Tệp mẫu danh sách đại biểu.xlsx”.')).toBeVisible();
    await page.getByRole('button', { name: 'mới.csv' }).click();
    await page.getByRole('button', { name: 'Thay bằng tệp này' }).click();
    await page.getByRole('button', { name: 'Ghi danh sách này' }).click();
    const asked = page.getByRole('dialog');
    await expect(asked).toContainText('Bỏ 5 người khỏi danh sách?');
    await expect(asked).toContainText(world.document.roster![0]!.name);
    expect(await listAxeViolations(page)).toEqual([]);
    await asked.getByRole('button', { name: 'Không, xem lại' }).click();
    expect(world.core.hall.register(world.sittingId).getTotals().summoned).toBe(5);
    await page.getByRole('button', { name: 'Ghi danh sách này' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Bỏ 5 người và ghi' }).click();
    await expect(page.getByText('Đã ghi: thêm 1, sửa 0, bỏ 5')).toBeVisible();
  });
});

for (const size of [
  { width: 1280, height: 720 },
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
])
  test(`the preview fits ${size.width} × ${size.height}`, async ({ page }) => {
    await page.setViewportSize(size);
    await withImport(page, 12, { 'đại biểu.csv': LIST, 'ảnh.jpg': 'x' }, async () => {
      const name = `${size.width}x${size.height}`;
      // A file that can be read looks like what it is: a button.
      const file = page.locator('.people-files button').first();
      expect(await file.evaluate((row) => getComputedStyle(row).borderTopWidth)).not.toBe('0px');
      if (PICTURES) await page.screenshot({ path: path.join(PICTURES, `files-${name}.png`) });
      expect(await listCutOff(page, '.board-page, .roster-table, select')).toEqual([]);
      await page.getByRole('button', { name: 'đại biểu.csv' }).click();
      await expect(page.locator('.roster-table tbody tr').first()).toBeVisible({ timeout: 30_000 });
      await settle(page);
      if (PICTURES) await page.screenshot({ path: path.join(PICTURES, `preview-${name}.png`), fullPage: true });
      await page.locator('.roster-table').scrollIntoViewIfNeeded();
      if (PICTURES) await page.screenshot({ path: path.join(PICTURES, `table-${name}.png`) });
      expect(await listCutOff(page, '.board-page, .roster-table, select')).toEqual([]);
      expect(await listAxeViolations(page)).toEqual([]);
    });
  });

for (const size of [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
])
  test(`two entries that both signed in are merged after a question with numbers, at ${size.width} × ${size.height}`, async ({
    page,
  }) => {
    await page.setViewportSize(size);
    await withImport(page, 12, {}, async (world) => {
      const [first] = world.document.roster!;
      const { sittingId } = world;
      await world.ask('console/people/add', { sittingId, kind: 'walk_in', name: first!.name, notDuplicate: true });
      await world.ask('desk/sign-in', { sittingId, personId: first!.id, method: 'search' });
      await page.getByRole('button', { name: 'Tìm lại' }).click();
      await page.getByRole('button', { name: 'Giữ dòng này' }).first().click();
      const asked = page.getByRole('dialog');
      await expect(asked).toContainText('Hai dòng này là một người?');
      await expect(asked.getByText('triệu tập 12 → 12, đã đến 2 → 1')).toHaveCount(2);
      await settle(page);
      if (PICTURES) await page.screenshot({ path: path.join(PICTURES, `merge-${size.width}.png`) });
      expect(await listAxeViolations(page)).toEqual([]);
      expect(await listCutOff(page, '.roster-merge')).toEqual([]);
      await asked.getByRole('button', { name: 'Không gộp' }).click();
      expect(world.core.hall.register(world.sittingId).getTotals()).toMatchObject({ came: 2 });
      await page.getByRole('button', { name: 'Giữ dòng này' }).first().click();
      await page.getByRole('dialog').getByRole('button', { name: 'Gộp, tính cả hai' }).click();
      await expect(page.getByText('Đã gộp hai dòng thành một.')).toBeVisible();
      expect(world.core.hall.register(world.sittingId).getTotals()).toMatchObject({ summoned: 12, came: 1 });
      await page.getByRole('button', { name: 'Hoàn tác lần này' }).click();
      await expect(page.getByText('Đã hoàn tác: ')).toBeVisible();
      expect(world.core.hall.register(world.sittingId).getTotals()).toMatchObject({
        summoned: 12,
        came: 2,
        walkIns: 1,
      });
    });
  });
