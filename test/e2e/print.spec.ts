import type { Page } from '@playwright/test';
import type { ConsoleOpenView } from '../../electron/contract/api.ts';
import type { FakeCore } from '../support/fake-core-views.ts';
import { createOpenView, createSitting } from '../support/fake-core-views.ts';
import { tinyPdf } from '../support/tiny-pdf.ts';
import { expect, listAxeViolations, test } from '../support/window-test.ts';

const PRINTERS = [
  { id: 'vp', name: 'Máy in văn phòng', isDefault: false, trouble: null },
  { id: 'hp', name: 'HP hội trường', isDefault: true, trouble: null },
] as const;

function unlock(core: FakeCore): void {
  const now = Date.now();
  const open: ConsoleOpenView = createOpenView(now);
  core.console({ locked: false, role: 'technician', sitting: createSitting(now, { state: 'live' }), open });
  core.answer('console/report/preview', { ok: true, documentId: 'd1', pdf: tinyPdf(3).toString('base64') });
  core.answer('console/printers/list', { ok: true, printers: [...PRINTERS] });
}

async function openList(page: Page, core: FakeCore): Promise<void> {
  unlock(core);
  await page.goto(`${core.url}/console/`);
  await page.getByRole('button', { name: 'Đại biểu' }).click();
  await page.getByRole('button', { name: 'Xem và in' }).click();
}

/** How many columns of the drawn page are dark in the height of the square. */
async function darkShare(page: Page): Promise<number> {
  await expect(page.locator('.pdf-page canvas')).toHaveAttribute('data-drawn', 'true');
  return page.locator('.pdf-page canvas').evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const row = canvas.getContext('2d')!.getImageData(0, Math.round((canvas.height * 292) / 842), canvas.width, 1).data;
    let dark = 0;
    for (let x = 0; x < row.length; x += 4) if (row[x]! < 60) dark += 1;
    return dark / canvas.width;
  });
}

test('a document is seen page by page before it is printed, on the default printer or another one', async ({
  page,
  core,
}) => {
  await openList(page, core);
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByText('Trang 1 / 3')).toBeVisible();
  expect(await darkShare(page)).toBeCloseTo(100 / 595, 1);
  await sheet.getByRole('button', { name: 'Trang sau' }).click();
  await expect(sheet.getByText('Trang 2 / 3')).toBeVisible();
  expect(await darkShare(page)).toBeCloseTo(200 / 595, 1);
  const small = (await page.locator('.pdf-page').boundingBox())!.width;
  await sheet.getByRole('button', { name: 'Phóng to' }).click();
  expect(await darkShare(page)).toBeCloseTo(200 / 595, 1);
  expect((await page.locator('.pdf-page').boundingBox())!.width).toBeGreaterThan(small * 1.2);
  expect(await listAxeViolations(page)).toEqual([]);

  await expect(sheet.getByLabel('Máy in')).toHaveValue('hp');
  core.answer('console/printers/print', { ok: true, jobId: 'hp-1' });
  core.answer('console/printers/job', { ok: true, state: 'waiting', trouble: 'paper_out' });
  await sheet.getByLabel('Số bản').fill('2');
  await sheet.getByRole('button', { name: 'In', exact: true }).click();
  await expect(page.getByTestId('print-job')).toContainText('Lệnh in đang chờ ở HP hội trường: hết giấy.');
  await expect(page.getByTestId('print-job')).toContainText('Thêm giấy; máy in sẽ tự in tiếp.');
  expect(core.calls.find(({ name }) => name === 'printers/print')?.input).toEqual({
    documentId: 'd1',
    printerId: 'hp',
    copies: 2,
  });
  core.answer('console/printers/job', { ok: true, state: 'sent', trouble: null });
  await expect(page.getByTestId('print-job')).toContainText('Đã chuyển hết sang HP hội trường.');

  await sheet.getByLabel('Máy in').selectOption('vp');
  core.answer('console/printers/job', { ok: true, state: 'waiting', trouble: 'stopped' });
  await sheet.getByRole('button', { name: 'In', exact: true }).click();
  await expect(page.getByTestId('print-job')).toContainText('đang tạm dừng');
  await sheet.getByRole('button', { name: 'Hủy lệnh in' }).click();
  await expect(page.getByTestId('print-job')).toContainText('Đã hủy lệnh in.');
});

test('without a printer, without the service and with a refusal the next step is said', async ({ page, core }) => {
  await openList(page, core);
  const sheet = page.getByRole('dialog');
  const print = sheet.getByRole('button', { name: 'In', exact: true });
  core.answer('console/printers/print', { ok: false, error: 'refused' });
  await print.click();
  await expect(page.getByTestId('print-job')).toContainText('Máy in không nhận tài liệu. Mời chọn máy in khác');
  core.answer('console/printers/list', { ok: true, printers: [] });
  await sheet.getByRole('button', { name: 'Tìm lại' }).click();
  await expect(sheet).toContainText('Máy tính này chưa có máy in nào.');
  await expect(print).toBeDisabled();
  core.answer('console/printers/list', { ok: false, error: 'system_down' });
  await sheet.getByRole('button', { name: 'Tìm lại' }).click();
  await expect(sheet).toContainText('Phần in của máy tính không chạy.');
});

test('a document that cannot be made is said in the place of its pages', async ({ page, core }) => {
  unlock(core);
  core.answer('console/report/preview', { ok: false, error: 'print_failed' });
  await page.goto(`${core.url}/console/`);
  await page.getByRole('button', { name: 'Báo cáo' }).click();
  await page.getByRole('button', { name: 'Xem và in' }).click();
  const sheet = page.getByRole('dialog');
  await expect(sheet).toContainText('Không tạo được tài liệu.');
  core.answer('console/report/preview', { ok: true, documentId: 'd2', pdf: tinyPdf(1).toString('base64') });
  await sheet.getByLabel('Thẻ điểm danh có mã QR (PDF)').check();
  await expect(sheet.getByText('Trang 1 / 1')).toBeVisible();
  expect(core.calls.findLast(({ name }) => name === 'report/preview')?.input).toMatchObject({ kind: 'badges' });
});
