import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page as KioskPage } from 'puppeteer-core';
import { extractText, getDocumentProxy } from 'unpdf';
import { ok } from '../../electron/shared/result.ts';
import { TOKEN_COOKIE } from '../../electron/contract/shell.ts';
import { PRACTICE_PIN } from '../../electron/core/rehearsal/rehearsal.ts';
import { launchKiosk } from '../rehearsal/kiosk.ts';
import { listPracticePeople, signInByApi } from '../rehearsal/people.ts';
import { listAxeViolations, listCutOff } from '../support/window-test.ts';
import { withCore, type CoreWorld } from '../support/with-core.ts';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
const SHOTS = path.join(ROOT, 'test-results', 'report');
const REASON = 'Thiếu ghi chú về 10 phút mất tín hiệu buổi sáng';

function makeFolder(): string {
  mkdirSync(SHOTS, { recursive: true });
  return mkdtempSync(path.join(os.tmpdir(), 'report-e2e-'));
}

/** The console of a core with a province beside it, in a page of the test's own browser. */
async function withConsole(page: Page, run: (world: CoreWorld) => Promise<void>): Promise<void> {
  const dir = makeFolder();
  const stick = path.join(dir, 'media', 'USB DANG UY');
  mkdirSync(stick, { recursive: true });
  mkdirSync(path.join(dir, 'home', 'Documents'), { recursive: true });
  writeFileSync(path.join(dir, 'mounts'), `/dev/sdb1 ${stick.replaceAll(' ', '\\040')} vfat rw 0 0\n`);
  try {
    await withCore(
      {
        people: 300,
        rendererDir: path.join(ROOT, 'dist', 'renderer'),
        places: {
          platform: 'linux',
          home: path.join(dir, 'home'),
          mountsFile: path.join(dir, 'mounts'),
          mountRoots: [path.join(dir, 'media')],
          drives: [],
        },
        print: async () => ok(Buffer.from('%PDF-1.7 thay cho bản in')),
        package: (document) => ({
          ...document,
          roles: { ...document.roles, chair: { name: 'Nguyễn Văn Mẫu', position: 'Bí thư Đảng ủy phường' } },
          access: { technicianPin: '123456', chairPin: '654321' },
        }),
      },
      async (world) => {
        const value = world.tokens.console;
        await page
          .context()
          .addCookies([
            { name: TOKEN_COOKIE, value, domain: '127.0.0.1', path: '/console/', httpOnly: true, sameSite: 'Strict' },
          ]);
        await page.goto(`${world.origin}/console/`);
        await page.locator('.lock-screen').waitFor();
        await page.keyboard.type('123456');
        await page.keyboard.press('Enter');
        await page.getByRole('button', { name: 'Báo cáo', exact: true }).click();
        await run(world);
      },
    );
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function attend(world: CoreWorld, share: number): Promise<void> {
  const ids = [...world.core.hall.register(world.sittingId).listPeople().keys()];
  for (const personId of ids.filter((_, i) => i % 20 < share))
    await world.ask('desk/sign-in', { sittingId: world.sittingId, personId, method: 'list' });
}

async function endAndDeliver(world: CoreWorld): Promise<string> {
  const { id, reportId } = world.core.hall.sitting!;
  await world.ask('console/end-sitting', { sittingId: id });
  await world.until('delivery', () => world.store.sittings.getSitting(id)?.state === 'delivered');
  return reportId;
}

test('the chair looks at the report before the end, and what is signed then is in revision 1', async ({ page }) => {
  await withConsole(page, async (world) => {
    await attend(world, 19);
    await expect(page.getByTestId('report-present')).toContainText('285');
    await expect(page.getByText('Bản nháp: số liệu đến lúc này, chưa chốt')).toBeVisible();
    await page.getByRole('button', { name: 'Chủ trì xác nhận' }).click();
    await expect(page.getByLabel('Họ và tên')).toHaveValue('Nguyễn Văn Mẫu');
    await page.getByLabel('Ý kiến, kiến nghị').fill('Đề nghị gửi tài liệu sớm hơn.');
    await page.getByRole('button', { name: 'Tiếp tục' }).click();
    await page.keyboard.type('123456');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Mã PIN chưa đúng')).toBeVisible();
    await page.keyboard.type('654321');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(page.getByText('Nguyễn Văn Mẫu, Bí thư Đảng ủy phường, lúc')).toBeVisible();
    const reportId = await endAndDeliver(world);
    await expect(page.getByTestId('phone-code')).toHaveText(/^1-300-285-0-0-0-15-0-0-\d\d$/);
    expect(await world.intake.getOpened(reportId, 1)).toMatchObject({
      signOff: { name: 'Nguyễn Văn Mẫu' },
      remarks: 'Đề nghị gửi tài liệu sớm hơn.',
      totals: { present: 285 },
    });
  });
});

test('documents go to a stick from a list, and each is said to be saved only after it was read back', async ({
  page,
}) => {
  await withConsole(page, async (world) => {
    await attend(world, 10);
    await endAndDeliver(world);
    await page.getByRole('button', { name: 'Lưu tài liệu' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByLabel('USB “USB DANG UY”')).toBeChecked();
    await expect(dialog.getByLabel('Thư mục Tài liệu')).toBeVisible();
    await dialog.getByLabel('Danh sách (CSV)').uncheck();
    await dialog.getByRole('button', { name: 'Lưu', exact: true }).click();
    // Where to is named, not only that it was saved.
    await expect(dialog.getByText('Đã lưu và kiểm tra, ở USB “USB DANG UY”')).toBeVisible({ timeout: 20_000 });
    await expect(dialog.getByText('Có thể rút USB.')).toBeVisible();
    await expect(dialog.getByTestId('save-outcome').locator('li')).toHaveCount(4);
    await page.screenshot({ path: path.join(SHOTS, 'saved.png') });
  });
});

test('a returned report opens for an amendment whose changes are seen before they are signed', async ({ page }) => {
  await withConsole(page, async (world) => {
    await attend(world, 18);
    const reportId = await endAndDeliver(world);
    await world.intake.askReturn(reportId, REASON);
    await page.getByRole('button', { name: 'Kiểm tra tỉnh có trả lại không' }).click();
    await expect(page.getByTestId('province-said')).toContainText(REASON);
    await expect(page.getByTestId('returned-banner')).toContainText(REASON);
    await page.screenshot({ path: path.join(SHOTS, 'returned.png') });
    await page.getByRole('button', { name: 'Mở để bổ sung' }).click();
    await expect(page.getByText('Chưa có thay đổi nào.')).toBeVisible();
    await page.getByRole('button', { name: 'Chốt bản bổ sung' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Ý kiến, kiến nghị ghi vào báo cáo').fill('Mất tín hiệu từ 9 giờ 10 đến 9 giờ 20.');
    await dialog.getByRole('button', { name: 'Ghi ý kiến' }).click();
    await expect(dialog.getByRole('row', { name: /Ý kiến, kiến nghị/ })).toContainText('Mất tín hiệu từ 9 giờ 10');
    await dialog.getByLabel('Lý do bổ sung').fill('Theo yêu cầu của tỉnh');
    await page.screenshot({ path: path.join(SHOTS, 'amend.png') });
    await dialog.getByRole('button', { name: 'Chốt bản bổ sung' }).click();
    await expect(dialog.getByText('Đã chốt bản 2, báo cáo sẽ tự gửi về tỉnh.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Đóng' }).click();
    world.core.reports.courier.sendNow();
    await expect(page.getByText('Bản 2 · tỉnh đã nhận')).toBeVisible({ timeout: 15_000 });
    await expect(page.getByText('Bản 1 · bị trả lại')).toBeVisible();
    await expect(page.getByText(/Nguyễn Văn Mẫu: .*Theo yêu cầu của tỉnh/u)).toBeVisible();
    await expect(page.getByTestId('phone-code')).toHaveText(/^2-300-/);
    expect(await world.intake.getOpened(reportId, 2)).toMatchObject({
      remarks: 'Mất tín hiệu từ 9 giờ 10 đến 9 giờ 20.',
    });
  });
});

test('who confirmed once is told so, and is not led to another revision', async ({ page }) => {
  await withConsole(page, async (world) => {
    await attend(world, 10);
    const reportId = await endAndDeliver(world);
    const again = page.getByRole('button', { name: 'Xác nhận lại' });
    const typePin = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Tiếp tục' }).click();
      await page.keyboard.type('654321');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog')).toBeHidden();
    };
    const another = page.getByRole('dialog').getByRole('checkbox');
    await expect(again).toHaveCount(0);
    const first = page.getByRole('button', { name: 'Chủ trì xác nhận', exact: true });
    await first.click();
    await expect(another).toBeChecked();
    await typePin();
    await expect(page.getByText('Đã xác nhận: bản 2 mang xác nhận của chủ trì.')).toBeVisible();
    await expect(page.getByText('Chủ trì đã xác nhận')).toBeVisible();
    await expect(first).toHaveCount(0);
    for (const nth of [1, 2]) {
      await again.click();
      // Nothing differs from what bản 2 carries: no further one is proposed.
      await expect(another, `time ${nth}`).not.toBeChecked();
      await typePin();
      await expect(page.getByText('Bản 2 đã mang xác nhận này; không lập thêm bản nào.').last()).toBeVisible();
    }
    await expect(page.getByText('sẽ vào bản tiếp theo')).toHaveCount(0);
    expect(world.store.reports.listRevisions(reportId)).toHaveLength(2);
    expect(world.store.sittings.getSitting(world.sittingId)?.state).not.toBe('amended');
  });
});

for (const size of [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
]) {
  test(`report page and its sheets hold WCAG 2.2 AA and lose nothing at ${size.width}x${size.height}`, async ({
    page,
  }) => {
    await page.setViewportSize(size);
    await withConsole(page, async (world) => {
      const check = async (name: string): Promise<void> => {
        await page.screenshot({ path: path.join(SHOTS, `${name}-${size.width}.png`) });
        expect({ name, violations: await listAxeViolations(page) }).toEqual({ name, violations: [] });
        expect({ name, cut: await listCutOff(page, '.board-page, .board-rail, .sheet-body') }).toEqual({
          name,
          cut: [],
        });
      };
      await attend(world, 17);
      await expect(page.getByTestId('report-present')).toContainText('255');
      await check('draft');
      await endAndDeliver(world);
      await expect(page.getByTestId('phone-code')).toBeVisible();
      await check('delivered');
      await page.getByRole('button', { name: 'Lưu tài liệu' }).click();
      await expect(page.getByRole('dialog').getByRole('radio').first()).toBeVisible();
      await check('save');
      await page.getByRole('dialog').getByRole('button', { name: 'Đóng' }).click();
      await page.getByRole('button', { name: 'Chủ trì xác nhận' }).click();
      await check('sign');
      await page.getByRole('button', { name: 'Tiếp tục' }).click();
      await check('sign-pin');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Bổ sung báo cáo' }).click();
      await page.getByText('Đang bổ sung báo cáo').waitFor();
      await check('amending');
      await page.getByRole('button', { name: 'English' }).click();
      await expect(page.getByText('The report is being amended')).toBeVisible();
      await check('english');
      // The table of units must show its last column without being moved sideways.
      const moves = await page
        .locator('.unit-table')
        .first()
        .evaluate((e) => e.scrollWidth - e.clientWidth);
      expect(moves).toBeLessThanOrEqual(0);
    });
  });
}

/** Presses a button of a kiosk window by its words. */
async function press(page: KioskPage, text: string, inside = 'body'): Promise<void> {
  const button = await page.waitForSelector(`${inside} ::-p-aria([name="${text}"][role="button"])`, {
    timeout: 15_000,
  });
  await button?.click();
}

test('in the real kiosk the documents are printed by its own browser and lie in the folder', async () => {
  test.setTimeout(180_000);
  const dir = makeFolder();
  const home = path.join(dir, 'home');
  mkdirSync(path.join(home, 'Documents'), { recursive: true });
  const before = process.env['HOME'];
  process.env['HOME'] = home;
  const kiosk = await launchKiosk({ dataDir: dir, headless: true, argv: ['--people', '60', '--minutes', '30'] });
  try {
    const board = await kiosk.page('console');
    const desk = await kiosk.page('desk');
    await signInByApi(
      desk,
      listPracticePeople(60)
        .slice(0, 50)
        .map((p) => p.id),
    );
    await board.bringToFront();
    await board.waitForSelector('.lock-screen');
    await board.keyboard.type(PRACTICE_PIN, { delay: 20 });
    await board.keyboard.press('Enter');
    await press(board, 'Kết thúc buổi');
    await press(board, 'Kết thúc buổi', 'dialog');
    await expect
      .poll(async () => (await kiosk.view('console')).open?.delivery.at(-1)?.state, { timeout: 60_000 })
      .toBe('delivered');
    await press(board, 'Báo cáo');
    await press(board, 'Lưu tài liệu');
    await board.waitForSelector('dialog input[type=radio]:checked');
    await press(board, 'Lưu', 'dialog');
    const outcome = await board.waitForSelector('[data-testid=save-outcome]', { timeout: 90_000 });
    expect(await outcome?.evaluate((element) => element.textContent)).toContain('Đã lưu và kiểm tra');
    await board.screenshot({ path: path.join(SHOTS, 'kiosk-saved.png') });
    const files = readdirSync(path.join(home, 'Documents')).toSorted();
    expect(files.map((file) => path.extname(file))).toEqual(['.jose', '.docx', '.pdf', '.csv', '.xlsx']);
    expect(files.every((file) => file.startsWith('CHAY-THU_'))).toBe(true);
    const bytes = readFileSync(path.join(home, 'Documents', files.find((f) => f.endsWith('.pdf')) ?? ''));
    writeFileSync(path.join(SHOTS, 'kiosk-report.pdf'), bytes);
    const { text } = await extractText(await getDocumentProxy(Uint8Array.from(bytes)), { mergePages: true });
    expect(text.normalize('NFC').replaceAll(/\s+/gu, ' ')).toContain('ĐẢNG ỦY PHƯỜNG TẬP DƯỢT');
  } finally {
    await kiosk.stop();
    if (before === undefined) delete process.env['HOME'];
    else process.env['HOME'] = before;
    rmSync(dir, { recursive: true, force: true });
  }
});
