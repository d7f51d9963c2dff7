import type { Page } from '@playwright/test';
import type { StageView } from '../../electron/contract/api.ts';
import { expect, test } from '../support/window-test.ts';

const SITTING = {
  id: 's1',
  title: 'Buổi sáng',
  state: 'open',
  opensAt: 1,
  startsAt: 2,
  endsAt: 3,
  ending: false,
  endedAt: null,
  endedBy: null,
} as const satisfies StageView['sitting'];

const slate = (page: Page) => page.getByTestId('slate');

/** Seconds that the countdown shows. */
async function readCountdown(page: Page): Promise<number> {
  const text = await page.getByRole('timer').innerText();
  return text.split(':').reduce((total, part) => total * 60 + Number(part), 0);
}

test('the countdown follows the core’s clock within a second, even when it differs from this PC’s by an hour', async ({
  page,
  core,
}) => {
  core.clockOffsetMs = 3_600_000;
  // Digits change on whole seconds and are rounded: a start that lies a third of a second after one is shown within 0.7 s.
  const startsAt = Math.floor(Date.now() / 1000) * 1000 + core.clockOffsetMs + 754_300;
  core.stage({ scene: 'countdown', sitting: { ...SITTING, startsAt } });
  await page.goto(`${core.url}/stage/`);
  for (let i = 0; i < 5; i++) {
    const shown = await readCountdown(page);
    const left = (startsAt - (Date.now() + core.clockOffsetMs)) / 1000;
    expect(Math.abs(shown - left)).toBeLessThanOrEqual(1);
    await page.waitForTimeout(430);
  }
});

test('each scene has its slate: countdown, waiting, no source, break, closing', async ({ page, core }) => {
  await page.goto(`${core.url}/stage/`);
  await expect(slate(page)).toContainText('Thời gian còn lại đến giờ bắt đầu');
  await expect(slate(page)).toContainText('Điểm cầu Hội trường phường Thử Nghiệm');
  core.stage({ scene: 'broadcast', sources: [{ id: 'a', url: 'http://127.0.0.1:9/live.m3u8' }] });
  await expect(slate(page)).toContainText('Đang chờ tín hiệu từ Trung ương');
  core.stage({ scene: 'broadcast', sources: [], source: 'none' });
  await expect(slate(page)).toContainText('Hình ảnh của buổi này được chiếu từ thiết bị khác');
  core.stage({ scene: 'break', nextSitting: { title: 'Buổi chiều', startsAt: Date.now() + 3_700_000 } });
  await expect(slate(page)).toContainText('Nghỉ giữa hai buổi');
  await expect(slate(page)).toContainText('Buổi tiếp theo: Buổi chiều');
  core.stage({ scene: 'closing', nextSitting: null });
  await expect(slate(page)).toContainText('Hội nghị đã kết thúc');
});

test('a wrong clock of the PC is named on the slate, and nothing is counted down by years', async ({ page, core }) => {
  core.stage({ clockWrong: true });
  await page.goto(`${core.url}/stage/`);
  await expect(slate(page)).toContainText('ngày giờ của máy có vẻ sai');
  await expect(page.getByRole('timer')).toBeVisible();
  core.stage({ sitting: { ...SITTING, startsAt: Date.now() + 50 * 365 * 86_400_000 } });
  await expect(page.getByRole('timer')).toBeHidden();
  await expect(slate(page)).toContainText('Bắt đầu lúc');
  core.stage({ clockWrong: false, sitting: SITTING });
  await expect(slate(page)).not.toContainText('có vẻ sai');
});

test('the start itself is announced when the picture is not there yet', async ({ page, core }) => {
  core.stage({ scene: 'countdown', sitting: { ...SITTING, startsAt: Date.now() + 2_500 } });
  await page.goto(`${core.url}/stage/`);
  await expect(page.getByRole('timer')).toBeVisible();
  await expect(slate(page)).toContainText('Sắp bắt đầu', { timeout: 5_000 });
});

test('the notice line stands at the foot, and the rehearsal is marked', async ({ page, core }) => {
  core.stage({ notice: 'Đề nghị các đồng chí tắt chuông điện thoại.', rehearsal: true });
  await page.goto(`${core.url}/stage/`);
  const line = page.getByText('Đề nghị các đồng chí tắt chuông điện thoại.');
  const box = await line.boundingBox();
  const height = page.viewportSize()?.height ?? 0;
  expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(height);
  await expect(page.locator('.rehearsal-chip')).toHaveText('CHẠY THỬ');
  await expect(page.getByTestId('watermark')).toBeAttached();
  core.stage({ notice: null, rehearsal: false });
  await expect(line).toBeHidden();
  await expect(page.getByTestId('watermark')).toBeHidden();
});

test('a lost core leaves the slate as it is, and an idle stage says every second that it is alive', async ({
  page,
  core,
}) => {
  await page.goto(`${core.url}/stage/`);
  await expect
    .poll(() => core.calls.filter((c) => c.name === 'playback').length, { timeout: 5_000 })
    .toBeGreaterThan(2);
  core.listening(false);
  await page.waitForTimeout(4_000);
  await expect(slate(page)).toContainText('Thời gian còn lại đến giờ bắt đầu');
  await expect(page.getByText('Đang nối lại…')).toBeHidden();
});

test('a window that breaks shows a slate and is well again by itself', async ({ page, core, faults }) => {
  await page.goto(`${core.url}/stage/`);
  await expect(slate(page)).toContainText('còn lại');
  core.stage({ scene: 'nonsense' as StageView['scene'] });
  await expect(slate(page)).toContainText('Màn hình đang mở lại');
  await expect(slate(page)).toContainText('Hội nghị trực tuyến toàn quốc');
  // Broken so that even what is known cannot be drawn: still a slate.
  core.stage({ venue: null as unknown as StageView['venue'] });
  await page.reload();
  await expect(slate(page)).toContainText('Màn hình đang mở lại');
  core.stage({ scene: 'countdown', venue: { id: 'v', name: 'Thử Nghiệm' } });
  await expect(slate(page)).toContainText('Điểm cầu Thử Nghiệm', { timeout: 6_000 });
  faults.length = 0;
});

test('no cursor is seen anywhere on the stage', async ({ page, core }) => {
  await page.goto(`${core.url}/stage/`);
  await expect(slate(page)).toBeVisible();
  const cursors = await page.evaluate(() =>
    [...document.querySelectorAll('#root *')].map((element) => getComputedStyle(element).cursor),
  );
  expect(new Set(cursors)).toEqual(new Set(['none']));
});
