import type { Page } from '@playwright/test';
import type { AnswerOf } from '../../electron/contract/endpoints.ts';
import type { FakeCore } from '../support/fake-core-views.ts';
import { createPerson, PEOPLE } from '../support/fake-core-answers.ts';
import { pressScan } from '../support/door.ts';
import { typeScan } from '../renderer/scan-events.ts';
import { expect, listAxeViolations, listCutOff, SIZES, test } from '../support/window-test.ts';

type SignIn = AnswerOf<'desk/sign-in'>;

const DUC = PEOPLE.find((person) => person.personId === 'p2');
const signIns = (core: FakeCore): unknown[] => core.calls.filter((c) => c.name === 'sign-in').map((c) => c.input);
const outcome = (page: Page) => page.getByTestId('outcome');

async function openDesk(page: Page, core: FakeCore): Promise<void> {
  await page.goto(`${core.url}/desk/`);
  await expect(page.locator('.desk')).toBeVisible();
}

test('a person types a name without marks, picks the right namesake, and sees a green confirmation that leaves by itself', async ({
  page,
  core,
}) => {
  await openDesk(page, core);
  await expect(page.getByText('Mời đồng chí điểm danh')).toBeVisible();
  await page.keyboard.type('nguyen duc');
  const cards = page.locator('button.person');
  await expect(cards).toHaveCount(2);
  await cards.filter({ hasText: '1971' }).click();
  await expect(outcome(page)).toHaveAttribute('data-outcome', 'signed_in');
  await expect(outcome(page)).toContainText('Đã điểm danh');
  await expect(outcome(page)).toContainText('Đại biểu thứ 124 có mặt');
  expect(signIns(core)).toEqual([{ sittingId: 's1', personId: 'p3', method: 'search' }]);
  await expect(outcome(page)).toBeHidden({ timeout: 10_000 });
  await expect(page.getByRole('textbox')).toHaveValue('');
});

test('the touch keys alone are enough', async ({ page, core }) => {
  await openDesk(page, core);
  for (const letter of ['D', 'A', 'N', 'H'])
    await page.locator('.letter-keys').getByRole('button', { name: letter, exact: true }).click();
  await page.getByRole('button', { name: 'Xóa', exact: true }).click();
  await expect(page.getByRole('textbox')).toHaveValue('DAN');
  await page.getByRole('button', { name: 'Cách' }).click();
  await page.locator('.letter-keys').getByRole('button', { name: 'T', exact: true }).click();
  await expect(page.locator('button.person')).toHaveText(/Đặng Thị Thuỷ/);
  await page.locator('button.person').click();
  await expect(outcome(page)).toHaveAttribute('data-outcome', 'signed_in');
});

test('the keyboard alone is enough, and Enter never picks one of several people', async ({ page, core }) => {
  await openDesk(page, core);
  await page.keyboard.type('nguyen');
  await expect(page.locator('button.person')).toHaveCount(3);
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('button.person').nth(1)).toBeFocused();
  expect(signIns(core)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(outcome(page)).toHaveAttribute('data-outcome', 'signed_in');
  expect(signIns(core)).toEqual([{ sittingId: 's1', personId: 'p2', method: 'search' }]);
});

test('a letter typed over a confirmation is the first letter of the next name', async ({ page, core }) => {
  await openDesk(page, core);
  await page.keyboard.type('thuy');
  await expect(page.locator('button.person')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(outcome(page)).toBeVisible();
  await page.keyboard.type('khanh');
  await expect(outcome(page)).toBeHidden();
  await expect(page.getByRole('textbox')).toHaveValue('khanh');
  await expect(page.locator('button.person')).toHaveText(/Trần Quốc Khánh/);
});

test('Enter that comes before the answer counts when the answer brings one person, and only for what is typed then', async ({
  page,
  core,
}) => {
  await openDesk(page, core);
  await page.route('**/search', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 400));
    await route.continue();
  });
  await page.keyboard.type('nguyen');
  await page.keyboard.press('Enter');
  await page.keyboard.type(' thi');
  await expect(page.locator('button.person')).toHaveText(/Nguyễn Thị Phương Thảo/);
  expect(signIns(core)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.type('thuy');
  await page.keyboard.press('Enter');
  await expect(outcome(page)).toHaveAttribute('data-outcome', 'signed_in');
  expect(signIns(core)).toHaveLength(1);
});

test('nothing is listed before two letters', async ({ page, core }) => {
  await openDesk(page, core);
  await page.keyboard.type('n ');
  await expect(page.getByText('Gõ thêm một chữ nữa')).toBeVisible();
  expect(core.calls.filter((c) => c.name === 'search')).toEqual([]);
});

test('a double tap on a card is one sign-in, and its second tap does not take the confirmation away', async ({
  page,
  core,
}) => {
  await openDesk(page, core);
  await page.keyboard.type('thuy');
  await expect(page.locator('button.person')).toHaveCount(1);
  await page.locator('button.person').dblclick();
  await expect(outcome(page)).toBeVisible();
  await page.waitForTimeout(300);
  await expect(outcome(page)).toBeVisible();
  expect(signIns(core)).toHaveLength(1);
});

test('no tick is drawn while the core is silent, and none when it stays silent', async ({ page, core }) => {
  await openDesk(page, core);
  core.answer('desk/sign-in', null);
  await page.keyboard.type('thuy');
  await expect(page.locator('button.person')).toHaveCount(1);
  await page.locator('button.person', { hasText: 'Thuỷ' }).click();
  await expect(page.getByText('Đang ghi…')).toBeVisible();
  await expect(outcome(page)).toHaveAttribute('data-outcome', 'unreachable', { timeout: 10_000 });
  await expect(outcome(page)).toContainText('Chưa ghi nhận');
  await expect(outcome(page)).toContainText('gọi thư ký hoặc cán bộ kỹ thuật');
});

test('a core that restarts within two seconds is waited for, and the person is signed in', async ({ page, core }) => {
  await openDesk(page, core);
  const diedAt = Date.now();
  core.answer('desk/sign-in', () =>
    Date.now() - diedAt < 2_500 || !DUC
      ? null
      : { ok: true, outcome: 'signed_in', person: DUC, at: Date.now(), late: false, lateMinutes: 0, ordinal: 5 },
  );
  await page.keyboard.type('thuy');
  await expect(page.locator('button.person')).toHaveCount(1);
  await page.locator('button.person', { hasText: 'Thuỷ' }).click();
  await expect(outcome(page)).toHaveAttribute('data-outcome', 'signed_in', { timeout: 10_000 });
});

test('every outcome has a colour and a word of its own', async ({ page, core }) => {
  await openDesk(page, core);
  const person = createPerson('p9', 'Đặng Thị Thuỷ');
  const answers: [string, string, SignIn | null][] = [
    [
      'signed_in',
      'Đã điểm danh',
      { ok: true, outcome: 'signed_in', person, at: 1, late: false, lateMinutes: 0, ordinal: 1 },
    ],
    ['already_signed_in', 'Đã điểm danh rồi', { ok: false, error: 'already_signed_in', person, firstAt: 1 }],
    ['not_on_list', 'Không có trong danh sách', { ok: false, error: 'not_on_list' }],
    ['wrong_venue', 'Không thuộc điểm cầu này', { ok: false, error: 'wrong_venue', venueHint: 'Xã Ví Dụ' }],
    ['unreadable', 'Không đọc được mã', { ok: false, error: 'unreadable' }],
    ['not_open', 'Chưa đến giờ điểm danh', { ok: false, error: 'not_open', opensAt: 1 }],
    ['closed', 'Đã hết giờ điểm danh', { ok: false, error: 'closed' }],
    ['unreachable', 'Chưa ghi nhận', null],
  ];
  const colours = new Set<string>();
  const drawings = new Set<string>();
  for (const [name, word, answer] of answers) {
    core.answer('desk/sign-in', answer);
    await page.keyboard.press('Escape');
    await page.keyboard.type('thuy');
    await expect(page.locator('button.person')).toHaveCount(1);
    await page.locator('button.person', { hasText: 'Thuỷ' }).click();
    await expect(outcome(page)).toHaveAttribute('data-outcome', name, { timeout: 10_000 });
    await expect(outcome(page).getByRole('heading')).toHaveText(word);
    colours.add(await outcome(page).evaluate((element) => getComputedStyle(element).backgroundColor));
    drawings.add(await outcome(page).locator('svg').first().innerHTML());
    expect(await listAxeViolations(page), name).toEqual([]);
  }
  expect(colours.size).toBe(answers.length);
  expect(drawings.size).toBe(answers.length);
});

test('after 30 seconds without a touch the last search is gone and the desk speaks Vietnamese again', async ({
  page,
  core,
}) => {
  await page.clock.install();
  await openDesk(page, core);
  await page.getByRole('button', { name: 'English' }).click();
  await page.keyboard.type('nguyen');
  await expect(page.locator('button.person')).toHaveCount(3);
  await page.clock.fastForward(29_000);
  await expect(page.locator('button.person')).toHaveCount(3);
  await page.clock.fastForward(1_500);
  await expect(page.locator('button.person')).toHaveCount(0);
  await expect(page.getByText('Mời đồng chí điểm danh')).toBeVisible();
});

test('the count follows the core, and a lost line is said calmly after three seconds', async ({ page, core }) => {
  await openDesk(page, core);
  core.desk({ signedIn: 1_234, summoned: 1_500 });
  await expect(page.getByTestId('count')).toHaveText('Có mặt 1.234 / 1.500');
  core.listening(false);
  await page.waitForTimeout(1_500);
  await expect(page.getByText('Đang nối lại…')).toBeHidden();
  await expect(page.getByText('Đang nối lại…')).toBeVisible({ timeout: 4_000 });
  core.listening(true);
  await expect(page.getByText('Đang nối lại…')).toBeHidden({ timeout: 3_000 });
});

test('the desk says when sign-in opens, when it is over, and when there is no list', async ({ page, core }) => {
  await openDesk(page, core);
  const sitting = {
    id: 's1',
    title: 'Buổi sáng',
    opensAt: 1,
    startsAt: 2,
    endsAt: 3,
    ending: false,
    endedAt: null,
    endedBy: null,
  };
  const opensAt = Date.now() + 600_000;
  core.desk({ open: false, opensAt, sitting: { ...sitting, state: 'prepared' } });
  await expect(page.getByText('Chưa đến giờ điểm danh')).toBeVisible();
  await expect(page.getByText(/^Còn (10:00|09:5\d)$/)).toBeVisible();
  core.desk({ open: false, opensAt: null, sitting: { ...sitting, state: 'sealed' } });
  await expect(page.getByText('Điểm danh buổi này đã kết thúc')).toBeVisible();
  core.desk({ open: true, hasRoster: false, sitting: { ...sitting, state: 'open' } });
  await expect(page.getByText('Điểm cầu này chưa có danh sách đại biểu')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Nhờ thư ký giúp' })).toBeVisible();
  expect(await listAxeViolations(page)).toEqual([]);
});

test('help, the privacy notice, and ông/bà where the event says so', async ({ page, core }) => {
  core.desk({ address: 'ong_ba' });
  await openDesk(page, core);
  await expect(page.getByText('Mời ông/bà điểm danh')).toBeVisible();
  await page.getByRole('button', { name: 'Xem chi tiết' }).click();
  await expect(page.getByRole('dialog')).toContainText('30 ngày sau khi báo cáo được tiếp nhận');
  expect(await listAxeViolations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Nhờ thư ký giúp' }).click();
  await expect(page.getByText('Đã báo thư ký')).toBeVisible();
  expect(await listAxeViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Xong, cảm ơn' }).click();
  await expect(page.getByRole('textbox')).toBeFocused();
});

test('F8 and F9 ask for the stage and the console', async ({ page, core }) => {
  await openDesk(page, core);
  const shown = () => core.calls.filter((c) => c.name === 'show').map((c) => c.input);
  await page.keyboard.press('F8');
  // Two calls at once may arrive in either order.
  await expect.poll(shown).toEqual([{ role: 'stage' }]);
  await page.keyboard.press('F9');
  await expect.poll(shown).toEqual([{ role: 'stage' }, { role: 'console' }]);
});

test('a rehearsal is marked over the page and over an outcome', async ({ page, core }) => {
  core.desk({ rehearsal: true });
  await openDesk(page, core);
  const chip = page.locator('.rehearsal-chip');
  await expect(chip).toHaveText('CHẠY THỬ');
  await page.keyboard.type('thuy');
  await expect(page.locator('button.person')).toHaveCount(1);
  await page.locator('button.person', { hasText: 'Thuỷ' }).click();
  await expect(outcome(page)).toBeVisible();
  const onTop = await chip.evaluate((element) => {
    const box = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
  });
  expect(onTop).toBe(true);
});

test('who tapped a wrong name takes the sign-in back from the green screen, and a refusal says what to do', async ({
  page,
  core,
}) => {
  await openDesk(page, core);
  await page.keyboard.type('thuy');
  await expect(page.locator('button.person')).toHaveCount(1);
  await page.locator('button.person', { hasText: 'Thuỷ' }).click();
  await expect(outcome(page).getByRole('button', { name: 'Xong' })).toBeFocused();
  await page.getByRole('button', { name: 'Không phải tôi' }).click();
  await expect(page.getByTestId('taken-back')).toContainText('Đã hủy điểm danh');
  await expect(page.getByTestId('taken-back')).toContainText('Đặng Thị Thuỷ');
  expect(core.calls.filter((c) => c.name === 'take-back').map((c) => c.input)).toEqual([
    { sittingId: 's1', personId: 'p4' },
  ]);
  await page.getByRole('button', { name: 'Chọn lại tên' }).click();
  await expect(page.getByRole('textbox')).toBeFocused();
  core.answer('desk/take-back', { ok: false, error: 'too_late' });
  await page.keyboard.type('thuy');
  await expect(page.locator('button.person')).toHaveCount(1);
  await page.locator('button.person', { hasText: 'Thuỷ' }).click();
  await page.getByRole('button', { name: 'Không phải tôi' }).click();
  await expect(page.getByTestId('taken-back')).toContainText('Chưa hủy được');
  await expect(page.getByTestId('taken-back')).toContainText('quá 10 giây');
  await page.getByTestId('taken-back').getByRole('button', { name: 'Nhờ thư ký giúp' }).click();
  await expect.poll(() => core.calls.filter((c) => c.name === 'ask-help').length).toBe(1);
});

test('the green screen tells people of one name apart, and "already" offers the secretary', async ({ page, core }) => {
  await openDesk(page, core);
  const person = createPerson('p2', 'Nguyễn Văn Đức');
  const ok = { ok: true, outcome: 'signed_in', at: 1, late: false, lateMinutes: 0, ordinal: 1 } as const;
  const shown = async (answer: SignIn): Promise<string> => {
    core.answer('desk/sign-in', answer);
    await page.keyboard.press('Escape');
    await page.keyboard.type('thuy');
    await page.locator('button.person', { hasText: 'Thuỷ' }).click();
    await expect(outcome(page)).toBeVisible();
    return outcome(page).innerText();
  };
  expect(await shown({ ...ok, person })).not.toContain('1958');
  const byName = await shown({ ...ok, person: { ...person, alike: 'name' } });
  expect(byName).toContain('sinh 1958');
  expect(byName).not.toContain('Bí thư chi bộ');
  expect(await shown({ ...ok, person: { ...person, alike: 'all' } })).toContain('sinh 1958 · Bí thư chi bộ');
  await shown({ ok: false, error: 'already_signed_in', person, firstAt: 1 });
  await outcome(page).getByRole('button', { name: 'Nhờ thư ký giúp' }).click();
  await expect(page.getByText('Đã báo thư ký')).toBeVisible();
});

test('every reading of a scanner has an answer: a link, two codes on one card, the same card again', async ({
  page,
  core,
}) => {
  await openDesk(page, core);
  const keys = await page.context().newCDPSession(page);
  const scan = async (text: string): Promise<void> => {
    const typed = typeScan(text, { mode: 'drop', inputMethod: 'none', pause: () => 4, suffix: 'Enter', startAt: 0 });
    await pressScan(keys, typed, false);
  };
  await scan('https://vi-du.vn/abc');
  await expect(outcome(page)).toHaveAttribute('data-outcome', 'unreadable');
  core.answer('desk/scan', ({ raw }) =>
    raw.startsWith('0010') && DUC
      ? { ok: true, outcome: 'signed_in', person: DUC, at: Date.now(), late: false, lateMinutes: 0, ordinal: 7 }
      : { ok: false, error: 'unreadable' },
  );
  await scan('001090000001');
  await expect(outcome(page)).toHaveAttribute('data-outcome', 'signed_in');
  await scan('IDVNM0900000017001090000001');
  await expect(page.getByTestId('other-code')).toBeVisible();
  await expect(outcome(page)).toHaveAttribute('data-outcome', 'signed_in');
  await page.waitForTimeout(2_600);
  await scan('IDVNM0800000017001080000002');
  await expect(outcome(page)).toHaveAttribute('data-outcome', 'unreadable');
  // A code that begins a search where no field is: an answer as well.
  await page.keyboard.press('Escape');
  await page.locator('.other-browse').click();
  await page.keyboard.type('ABCD', { delay: 60 });
  await expect(page.getByText('Chưa thấy tên này trong danh sách')).toBeVisible();
});

test('the call rings, stands on the desk whatever is open there, and the secretary takes it away', async ({
  page,
  core,
}) => {
  await page.addInitScript(() => {
    const rung: number[] = [];
    Object.assign(globalThis, { rung });
    globalThis.OscillatorNode.prototype.start = () => void rung.push(1);
    globalThis.OscillatorNode.prototype.stop = () => undefined;
  });
  await openDesk(page, core);
  const rung = () => page.evaluate(() => (globalThis as unknown as { rung: number[] }).rung.length);
  await page.locator('.other-browse').click();
  core.desk({ helpAskedAt: Date.now() });
  await expect(page.getByTestId('help-band')).toContainText('có người cần giúp');
  await expect.poll(rung).toBe(4);
  await page.keyboard.type('thuy');
  await page.locator('button.person', { hasText: 'Thuỷ' }).click();
  await expect(outcome(page)).toBeVisible();
  await page.getByRole('button', { name: 'Thư ký đã tới' }).click();
  await expect.poll(() => core.calls.filter((c) => c.name === 'help-done').length).toBe(1);
  core.desk({ helpAskedAt: null });
  await expect(page.getByTestId('help-band')).toBeHidden();
});

test('the clock is the core’s, and larger letters stay for one person', async ({ page, core }) => {
  core.clockOffsetMs = 3_600_000;
  await page.clock.install();
  await openDesk(page, core);
  const time = (ms: number): string =>
    new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Ho_Chi_Minh' }).format(ms);
  const shown = await page.locator('.desk-clock').innerText();
  const now = Date.now() + 3_600_000;
  expect([time(now - 2_000), time(now), time(now + 2_000)]).toContain(shown);
  const sizeOf = (what: string) =>
    page.locator(what).evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
  const switchOf = page.getByRole('button', { name: 'Chữ to' });
  await page.keyboard.type('thuy');
  await expect(page.locator('.person')).toHaveCount(1);
  const small = await sizeOf('.person-name');
  await switchOf.click();
  await expect(switchOf).toHaveAttribute('aria-pressed', 'true');
  expect(await sizeOf('.person-name')).toBeGreaterThan(small * 1.2);
  await page.getByRole('button', { name: 'Xóa hết' }).click();
  await expect(switchOf).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.type('thuy');
  await page.locator('button.person').first().click();
  await page.clock.runFor(8_500);
  await expect(outcome(page)).toBeHidden();
  await expect(switchOf).toHaveAttribute('aria-pressed', 'false');
  await switchOf.click();
  await page.clock.runFor(31_000);
  await expect(switchOf).toHaveAttribute('aria-pressed', 'false');
});

for (const size of SIZES) {
  test(`at ${size.width}×${size.height} nothing is cut off, no text is under 28 px, no target under 64 px`, async ({
    page,
    core,
  }) => {
    await page.setViewportSize(size);
    core.desk({ rehearsal: true });
    await openDesk(page, core);
    const check = async (state: string): Promise<void> => {
      expect(await listCutOff(page, '.results-list, .desk-header h1'), state).toEqual([]);
      expect(await listSmall(page), state).toEqual([]);
      expect(await listAxeViolations(page), state).toEqual([]);
    };
    await check('idle');
    await page.keyboard.type('nguyen');
    await expect(page.locator('button.person')).toHaveCount(3);
    await check('results');
    await page.locator('button.person').first().click();
    await expect(outcome(page)).toBeVisible();
    expect(await listCutOff(page, '.results-list, .desk-header h1'), 'outcome').toEqual([]);
    expect(await listSmall(page), 'outcome').toEqual([]);
  });
}

/** Texts under 28 px and targets under 64 px in either direction. */
async function listSmall(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>('#root *')) {
      if (element.closest('.visually-hidden') || element.getBoundingClientRect().width === 0) continue;
      const text = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
      const size = Number.parseFloat(getComputedStyle(element).fontSize);
      if (text && size < 28) found.push(`${size} px: ${element.textContent}`);
      const box = element.getBoundingClientRect();
      if (element.matches('button, input') && (box.width < 63.5 || box.height < 63.5))
        found.push(`${Math.round(box.width)}×${Math.round(box.height)}: ${element.textContent}`);
    }
    return found;
  });
}
