import type { Page } from '@playwright/test';
import type { ConsoleOpenView, ConsoleView } from '../../electron/contract/api.ts';
import type { DeliveryStatus } from '../../electron/contract/delivery.ts';
import type { FakeCore } from '../support/fake-core-views.ts';
import { createOpenView } from '../support/fake-core-views.ts';
import { expect, listAxeViolations, listCutOff, SIZES, test } from '../support/window-test.ts';

const SITTING = {
  id: 's1',
  title: 'Buổi sáng',
  state: 'live',
  opensAt: 1,
  startsAt: Date.now() - 600_000,
  endsAt: Date.now() + 6_000_000,
  ending: false,
  endedAt: null,
  endedBy: null,
} as const satisfies ConsoleView['sitting'];

const REPORT: DeliveryStatus = {
  reportId: '0190b5a2-1111-7222-8333-a1b2c3d4e5f6',
  revision: 1,
  state: 'waiting',
  sealedAt: Date.now() - 60_000,
  attempts: 3,
  lastAttemptAt: Date.now() - 30_000,
  nextAttemptAt: null,
  waitsFor: null,
  lastFailure: 'unreachable',
  lastCause: 'no_route',
  lastHttpStatus: null,
  receiptSerial: null,
  receivedAt: null,
  returnReason: null,
};

const inputs = (core: FakeCore, name: string): unknown[] =>
  core.calls.filter((c) => c.name === name).map((c) => c.input);

function unlock(core: FakeCore, open: Partial<ConsoleOpenView> = {}, view: Partial<ConsoleView> = {}): void {
  core.console({
    locked: false,
    role: 'technician',
    sitting: SITTING,
    open: createOpenView(Date.now(), open),
    ...view,
  });
}

async function openConsole(page: Page, core: FakeCore): Promise<void> {
  await page.goto(`${core.url}/console/`);
  await expect(page.locator('.lock-screen, .board')).toBeVisible();
}

test('a PIN by keyboard and by touch opens the console, and its digits are never on screen', async ({ page, core }) => {
  core.console({ rehearsal: true, practicePin: '246810' });
  await openConsole(page, core);
  await expect(page.getByText('Mã PIN khi chạy thử: 246810')).toBeVisible();
  await page.keyboard.type('13579');
  await page.getByRole('button', { name: '0', exact: true }).click();
  await expect(page.getByText('Đã nhập 6 số')).toBeAttached();
  expect(await page.locator('.lock-entry').innerText()).not.toContain('135790');
  await page.getByRole('button', { name: 'Chủ trì' }).click();
  await page.getByRole('button', { name: 'Mở khóa' }).click();
  await expect.poll(() => inputs(core, 'unlock')).toEqual([{ pin: '135790', role: 'chair' }]);
});

test('a wrong PIN says how long to wait, and the keys rest until then', async ({ page, core }) => {
  core.answer('console/unlock', { ok: false, error: 'wrong_pin', retryAfterMs: 3_000 });
  await openConsole(page, core);
  await page.keyboard.type('111111');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Mã PIN chưa đúng. Thử lại sau 00:0');
  await expect(page.getByRole('button', { name: '1', exact: true })).toBeDisabled();
  await expect(page.getByRole('button', { name: '1', exact: true })).toBeEnabled({ timeout: 5_000 });
});

test('the first visitor sets a PIN twice, and two different entries start again', async ({ page, core }) => {
  core.console({ pinMissing: true });
  await openConsole(page, core);
  await page.keyboard.type('123456');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nhập lại mã PIN vừa chọn')).toBeVisible();
  await page.keyboard.type('654321');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Hai lần nhập chưa giống nhau');
  expect(inputs(core, 'set-pin')).toEqual([]);
  for (let i = 0; i < 2; i++) {
    await page.keyboard.type('123456');
    await page.keyboard.press('Enter');
  }
  await expect.poll(() => inputs(core, 'set-pin')).toEqual([{ pin: '123456', role: 'technician' }]);
  await expect.poll(() => inputs(core, 'unlock')).toEqual([{ pin: '123456', role: 'technician' }]);
});

test('opening and ending a sitting are confirmed by words that say what will happen', async ({ page, core }) => {
  unlock(core, {}, { sitting: { ...SITTING, state: 'prepared', opensAt: Date.parse('2026-11-23T07:00:00+07:00') } });
  await openConsole(page, core);
  await page.getByRole('button', { name: 'Mở điểm danh' }).click();
  await expect(page.getByRole('dialog')).toContainText('điểm danh mở lúc 07:00');
  expect(await listAxeViolations(page)).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Chưa, quay lại' }).click();
  expect(inputs(core, 'open-sitting')).toEqual([]);
  await page.getByRole('button', { name: 'Mở điểm danh' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Mở điểm danh' }).click();
  await expect.poll(() => inputs(core, 'open-sitting')).toEqual([{ sittingId: 's1' }]);

  unlock(core);
  await page.getByRole('button', { name: 'Kết thúc buổi' }).click();
  await expect(page.getByRole('dialog')).toContainText('Trung ương vẫn đang phát');
  await expect(page.getByRole('dialog')).toContainText('133 người có mặt');
  await page.getByRole('dialog').getByRole('button', { name: 'Kết thúc buổi' }).click();
  await expect.poll(() => inputs(core, 'end-sitting')).toEqual([{ sittingId: 's1' }]);
});

test('counts are written as in Vietnam and follow the core', async ({ page, core }) => {
  const view = createOpenView(Date.now());
  const hall = view.halls[0]!;
  unlock(core, { halls: [{ ...hall, totals: { ...hall.totals, present: 1_190, summoned: 1_200 } }] });
  await openConsole(page, core);
  await expect(page.getByTestId('present')).toHaveText('1.190/ 1.200 được triệu tập');
  await expect(page.getByText('99,17%')).toBeVisible();
  await expect(page.getByRole('rowheader', { name: 'Chi bộ Tổ dân phố số 12' })).toBeAttached();
});

test('the signal is told in plain words with the next step', async ({ page, core }) => {
  const source = createOpenView(Date.now()).source;
  unlock(core, { source: { ...source, health: 'waiting', lastAdvanceAt: null } });
  await openConsole(page, core);
  await expect(page.getByText('Chưa thấy tín hiệu từ Trung ương')).toBeVisible();
  unlock(core, { source: { ...source, health: 'stale', lastAdvanceAt: Date.now() - 12_000 } });
  await expect(page.getByText(/Tín hiệu đứng yên 1[23] giây/)).toBeVisible();
  unlock(core, { source: { ...source, health: 'unreachable', missing: ['no_cors', 'from_a_newer_core'] } });
  await expect(page.getByText('Máy tự nối lại. Quá 1 phút chưa được: xem dây mạng')).toBeVisible();
  // A cause that is known is said with its own next step, and nobody is sent to the cables for it.
  unlock(core, { source: { ...source, health: 'unreachable', cause: 'certificate_expired' } });
  await expect(page.getByText('Chứng thư của máy chủ đã hết hạn.')).toBeVisible();
  await expect(page.getByText('dây mạng')).toBeHidden();
  // A list that moves on over a black hall is not good.
  unlock(core, { source: { ...source, health: 'live', seen: 'no_picture', cause: null } });
  await expect(page.getByText('màn hình lớn chưa có hình')).toBeVisible();
  await expect(page.getByText('Đang nhận tốt')).toBeHidden();
  unlock(core, { source: { ...source, health: 'unreachable', missing: ['no_cors', 'from_a_newer_core'] } });
  await page.getByRole('button', { name: 'Hình và tiếng' }).click();
  await expect(page.getByText('cho phép tải từ nơi khác (CORS)')).toBeVisible();
  await expect(page.getByText('Xin đọc các dòng này cho tỉnh')).toBeVisible();
  await expect(page.getByText('from_a_newer_core')).toBeVisible();
});

test('the delivery word is one of four, and only a receipt is called received', async ({ page, core }) => {
  const word = page.getByTestId('delivery-word');
  unlock(core, { delivery: [{ ...REPORT, nextAttemptAt: Date.now() + 125_000 }] });
  await openConsole(page, core);
  await expect(word).toHaveText('chưa gửi');
  await expect(page.getByText(/Gửi lần tới lúc \d\d:\d\d, còn 02:0\d/)).toBeVisible();
  // By the named cause: what, whose fault, what to do.
  const failure = page.getByTestId('delivery-failure');
  await expect(failure).toContainText('Mạng của điểm cầu không có đường ra ngoài.');
  await expect(failure).toContainText('Lỗi ở mạng của điểm cầu. Kiểm tra dây mạng');
  unlock(core, { delivery: [{ ...REPORT, nextAttemptAt: Date.now() + 125_000, lastCause: null }] });
  await expect(failure).toContainText('Không tới được máy chủ của tỉnh');
  await expect(failure).toContainText('Chưa rõ lỗi ở điểm cầu hay ở tỉnh.');
  await page.getByRole('button', { name: 'Gửi ngay' }).click();
  await expect.poll(() => inputs(core, 'send-now')).toEqual([{ reportId: REPORT.reportId, revision: 1 }]);
  const DAY = 86_400_000;
  unlock(core, { delivery: [{ ...REPORT, sealedAt: Date.now() - 3.5 * DAY, nextAttemptAt: Date.now() + 125_000 }] });
  await expect(page.getByText(/Chưa gửi được từ ngày .* \(3 ngày\)/)).toBeVisible();
  await expect(page.getByText(/Gửi lần tới lúc/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Gửi ngay' })).toBeVisible();
  unlock(core, { delivery: [{ ...REPORT, revision: 2, waitsFor: 1, lastFailure: null }] });
  await expect(page.getByText('Gửi sau khi tỉnh đã nhận bản 1')).toBeVisible();
  unlock(core, { delivery: [{ ...REPORT, state: 'sending' }] });
  await expect(word).toHaveText('đang gửi');
  // What the try before met is said as that, and asks for nothing while this one is on its way.
  await expect(failure).toHaveText('Lần gửi trước chưa được: Mạng của điểm cầu không có đường ra ngoài.');
  unlock(core, { delivery: [{ ...REPORT, state: 'returned', returnReason: 'Thiếu người ký' }] });
  await expect(word).toHaveText('bị trả lại');
  await expect(page.getByText('Lý do trả lại: Thiếu người ký')).toBeVisible();
  unlock(core, { delivery: [{ ...REPORT, state: 'delivered', receiptSerial: 'BN-7', receivedAt: Date.now() }] });
  await expect(word).toHaveText('tỉnh đã nhận');
  await expect(page.getByText('Biên nhận BN-7')).toBeVisible();
});

test('an early end asks with a countdown on every page, and takes either answer', async ({ page, core }) => {
  unlock(core, { earlyEnd: { reason: 'endlist', closesAt: Date.now() + 95_000 } });
  await openConsole(page, core);
  await page.getByRole('button', { name: 'Báo cáo', exact: true }).click();
  await expect(page.getByText(/buổi sẽ tự kết thúc sau 01:3\d/)).toBeVisible();
  await page.getByRole('button', { name: 'Chưa, giữ buổi mở' }).click();
  await page.getByRole('button', { name: 'Đúng, kết thúc buổi' }).click();
  await expect
    .poll(() => inputs(core, 'early-end'))
    .toEqual([
      { sittingId: 's1', close: false },
      { sittingId: 's1', close: true },
    ]);
});

test('picture and sound: back to live, test tone, notice line', async ({ page, core }) => {
  unlock(core, { stage: { ...createOpenView(0).stage, alarms: ['audio_device_lost'], muted: true } });
  await openConsole(page, core);
  await page.getByRole('button', { name: 'Hình và tiếng' }).click();
  await expect(page.getByText('Mất loa đã chọn')).toBeVisible();
  // A hall that plays without sound is said, whoever switched it off.
  await expect(page.getByText('Tiếng đang tắt trên màn hình lớn')).toBeVisible();
  await expect(page.getByText('75,4 giây')).toBeVisible();
  await page.getByRole('button', { name: 'Về trực tiếp' }).click();
  await page.getByRole('button', { name: 'Phát tiếng thử' }).click();
  await expect(page.getByText('Trong hội trường có nghe thấy không?')).toBeVisible();
  await page.getByLabel('Nội dung').fill('  Nghỉ giải lao 15 phút  ');
  await page.getByRole('button', { name: 'Hiện thông báo' }).click();
  await expect.poll(() => inputs(core, 'notice')).toEqual([{ sittingId: SITTING.id, text: 'Nghỉ giải lao 15 phút' }]);
  expect(inputs(core, 'back-to-live')).toEqual([{ sittingId: SITTING.id }]);
  expect(inputs(core, 'test-tone')).toEqual([{}]);
});

test('going back to the desk locks the console; quitting is asked twice; a refusal is said', async ({ page, core }) => {
  unlock(core);
  await openConsole(page, core);
  await page.getByRole('button', { name: 'Về bàn điểm danh' }).click();
  await expect
    .poll(() => core.calls.filter((c) => ['show', 'lock'].includes(c.name)).map((c) => c.name))
    .toEqual(['show', 'lock']);
  core.answer('console/quit', { ok: false, error: 'locked' });
  await page.getByRole('button', { name: 'Cài đặt' }).click();
  await page.getByRole('button', { name: 'Thoát chương trình' }).click();
  await expect(page.getByRole('dialog')).toContainText('cả hội trường sẽ mất hình');
  expect(inputs(core, 'quit')).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Thoát' }).click();
  await expect(page.getByText('Bàn điều khiển đã khóa. Mời nhập lại mã PIN.')).toBeVisible();
});

test('what is left to do is listed for who is logged in, and each line leads to its place', async ({ page, core }) => {
  const base = createOpenView(Date.now());
  const tasks = page.locator('.tasks button');
  const [hall] = base.halls;
  const checks = { running: null, verdict: 'not_ready', red: 2, yellow: 1, finishedAt: Date.now() } as const;
  unlock(core, { displays: 1, checks }, { sitting: { ...SITTING, state: 'open' } });
  await openConsole(page, core);
  await expect(tasks).toHaveText([/2 mục cần làm ngay/u, /chỉ thấy một màn hình/u, /Phát tiếng thử/u]);
  await tasks.nth(2).click();
  await expect(page.getByRole('button', { name: 'Phát tiếng thử' })).toBeVisible();
  await page.getByRole('button', { name: 'Tổng quan' }).click();
  await tasks.nth(0).click();
  await expect(page.getByTestId('checks-word')).toHaveText('chưa sẵn sàng');
  // The chair answers for people, not for the PC; and what is mended is no task any more.
  await page.getByRole('button', { name: 'Tổng quan' }).click();
  unlock(core, { checks }, { sitting: { ...SITTING, state: 'open' }, role: 'chair' });
  await expect(page.getByText('Lúc này không cần làm gì.')).toBeVisible();
  unlock(core, { soundTestedAt: 1, checks: { ...checks, red: 0 } }, { sitting: { ...SITTING, state: 'open' } });
  await expect(page.getByText('Lúc này không cần làm gì.')).toBeVisible();
  await page.getByRole('button', { name: 'Tổng quan' }).click();

  // After an end by hand nothing is "done" while count, reasons, chair and delivery are open.
  const over = { ...SITTING, state: 'sealed', endedAt: Date.now(), endedBy: 'technician' } as const;
  const [report] = base.reports;
  unlock(
    core,
    { sittings: [over], reports: [{ ...report!, state: 'sealed', lastRevision: 1 }], delivery: [REPORT] },
    { sitting: over, role: 'chair' },
  );
  await expect(tasks).toHaveText([/Đếm đại biểu/u, /còn 177 người/u, /Chủ trì xác nhận/u, /chưa tới tỉnh/u]);
  await expect(page.getByText('không cần làm gì thêm')).toBeHidden();
  await expect(page.getByText('Trung ương đã phát xong')).toBeHidden();
  await tasks.nth(2).click();
  await expect(page.getByRole('button', { name: 'Báo cáo', exact: true })).toHaveAttribute('aria-current', 'page');
  await page.getByRole('button', { name: 'Tổng quan' }).click();
  const totals = { ...hall!.totals, awaited: 0, absentExcused: 177 };
  const delivered = { ...over, state: 'delivered' } as const;
  unlock(
    core,
    {
      sittings: [delivered],
      halls: [{ ...hall!, totals, headCount: { counted: 133, reason: null, by: 'chair', inHall: 133 } }],
      reports: [{ ...report!, state: 'delivered', lastRevision: 1, signedOffAt: Date.now() }],
      delivery: [{ ...REPORT, state: 'delivered', receiptSerial: 'BN-7', receivedAt: Date.now() }],
    },
    { sitting: delivered, role: 'chair' },
  );
  await expect(page.getByText('Buổi này đã xong, không cần làm gì thêm.')).toBeVisible();
});

test('advice follows the cause that is named, a standing picture has no delay, one display is not the hall', async ({
  page,
  core,
}) => {
  const { source, stage } = createOpenView(Date.now());
  const since = Date.now() - 30_000;
  unlock(core, {
    source: { ...source, health: 'unreachable', lastFailure: 'refused' },
    interruption: { since, cause: 'centre' },
    stage: { ...stage, state: 'stalled' },
  });
  await openConsole(page, core);
  await expect(page.getByText('điểm cầu không phải sửa gì')).toBeVisible();
  await expect(page.getByText('Kiểm tra dây mạng')).toBeHidden();
  await expect(page.getByText('75,4 giây')).toBeHidden();
  unlock(core, { source: { ...source, health: 'unreachable' }, interruption: { since, cause: 'line' }, displays: 1 });
  await expect(page.getByText('Kiểm tra dây mạng')).toBeVisible();
  await expect(page.getByText('máy chỉ thấy một màn hình', { exact: false }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Hình và tiếng' }).click();
  unlock(core, { source: { ...source, health: 'unreachable', lastFailure: 'refused' } });
  await expect(page.getByText('Lỗi gần nhất: máy chủ phát từ chối kết nối')).toBeVisible();
});

test('Enter after the PIN opens the console for each role, however it was chosen', async ({ page, core }) => {
  await openConsole(page, core);
  for (const [name, role] of [
    ['Chủ trì', 'chair'],
    ['Cán bộ kỹ thuật', 'technician'],
  ] as const) {
    await page.getByRole('button', { name }).click();
    await page.keyboard.type('654321');
    await page.keyboard.press('Enter');
    await expect.poll(() => inputs(core, 'unlock').at(-1)).toEqual({ pin: '654321', role });
  }
});

test('a console that nobody touches locks itself after five minutes; use is said to the core once a minute', async ({
  page,
  core,
}) => {
  await page.clock.install();
  unlock(core);
  await openConsole(page, core);
  await page.clock.fastForward(4 * 60_000);
  await page.mouse.move(300, 300);
  await page.mouse.move(310, 310);
  await expect.poll(() => inputs(core, 'stay-open').length).toBe(1);
  await page.clock.fastForward(4.9 * 60_000);
  expect(inputs(core, 'lock')).toEqual([]);
  await page.clock.fastForward(10_000);
  await expect.poll(() => inputs(core, 'lock')).toEqual([{}]);
});

test('the whole console reads in English too', async ({ page, core }) => {
  unlock(core);
  await openConsole(page, core);
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('button', { name: 'End the sitting' })).toBeVisible();
  await expect(page.getByText('41.00%')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

for (const size of SIZES.slice(1)) {
  test(`at ${size.width}×${size.height} nothing is cut off and axe finds nothing`, async ({ page, core }) => {
    await page.setViewportSize(size);
    core.console({ rehearsal: true, practicePin: '246810' });
    await openConsole(page, core);
    const check = async (state: string, scrolling = '.unit-table'): Promise<void> => {
      expect(await listCutOff(page, scrolling), state).toEqual([]);
      expect(await listAxeViolations(page), state).toEqual([]);
    };
    await expect(page.getByText('Nhập mã PIN để mở')).toBeVisible();
    await check('lock');
    core.console({ pinMissing: true, practicePin: null });
    await expect(page.getByText('Đặt mã PIN lần đầu')).toBeVisible();
    await check('set pin');
    unlock(core, { delivery: [{ ...REPORT, nextAttemptAt: Date.now() + 90_000 }] });
    await expect(page.getByTestId('present')).toBeVisible();
    await check('board');
    await page.getByRole('button', { name: 'Hình và tiếng' }).click();
    // Longer than the window: this page scrolls.
    await check('picture and sound', '.board-page');
    await page.getByRole('button', { name: 'Báo cáo', exact: true }).click();
    await check('delivery');
  });
}
