import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { scanCard } from '../support/door.ts';
import { withPeople } from '../support/people-page.ts';
import { expect, listAxeViolations, test } from '../support/window-test.ts';

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
    expect([...world.core.hall.register(world.sittingId).listPeople().values()].map((p) => p.name)).toEqual([
      'Lò Thị Mẩy',
    ]);
    await page.getByRole('button', { name: 'Hoàn tác lần này' }).click();
    await expect(page.getByText('Đã hoàn tác: trả lại 3 người')).toBeVisible();
    expect(world.core.hall.register(world.sittingId).listPeople().size).toBe(3);

    await page.getByRole('button', { name: 'Thử máy quét' }).click();
    await expect(page.getByText('Đang chờ máy quét…')).toBeVisible();
    await scanCard(page, '099077123456||TRAN VAN AN|01021990|Nam|TO 5|10052021');
    await expect(page.getByText('Thẻ căn cước')).toBeVisible();
    await expect(page.getByText('Số cuối: 3456')).toBeVisible();
    await expect(page.getByText('Mất dấu tiếng Việt')).toBeVisible();
    expect(await listAxeViolations(page)).toEqual([]);
  });
});
