import { mkdirSync } from 'node:fs';
import path from 'node:path';
import {
  CHECKS,
  type CheckId,
  type CheckOutcome,
  type CheckState,
  type ChecksView,
} from '../../electron/contract/checks.ts';
import { countGroup, verdictOf } from '../../electron/shared/checks/verdict.ts';
import type { FakeCore } from '../support/fake-core-views.ts';
import { createOpenView, createSitting } from '../support/fake-core-views.ts';
import { expect, listAxeViolations, test } from '../support/window-test.ts';

const SHOTS = path.resolve(import.meta.dirname, '../../test-results/checks');
const SIZES = [
  { width: 1280, height: 720 },
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const;
const IDS = Object.keys(CHECKS) as CheckId[];
const FACTS = {
  count: 2,
  stage: 'EPSON 1920×1080',
  desk: 'Dell 1366×768',
  mbps: 18.4,
  needed: 6,
  sources: 2,
  device: 'Loa hội trường (USB)',
  heardAt: Date.UTC(2026, 10, 20, 0, 1),
  seconds: 0.6,
  hosts: 2,
  ms: 14,
  host: 'baocao.tinh.example',
  free: 212,
  listAt: Date.UTC(2026, 10, 18),
  issuedAt: Date.UTC(2026, 10, 18),
  name: 'Microsoft Edge',
  version: '150.0.3912.40',
  percent: 41,
};

/** Every check with its first green word, but those given. */
function outcomesOf(words: Partial<Record<CheckId, string>>): CheckOutcome[] {
  return IDS.map((check) => {
    const states: Readonly<Record<string, CheckState>> = CHECKS[check];
    const word = words[check] ?? Object.keys(states).find((each) => states[each] === 'green') ?? '';
    return { check, word, state: states[word] ?? 'red', facts: FACTS, at: Date.now(), tookMs: 20 };
  });
}

function show(core: FakeCore, outcomes: CheckOutcome[], change: Partial<ChecksView> = {}): void {
  const now = Date.now();
  const summary = {
    running: null,
    verdict: outcomes.length === 0 ? null : verdictOf(outcomes),
    red: countGroup(outcomes, 'red'),
    yellow: countGroup(outcomes, 'yellow'),
    finishedAt: outcomes.length === 0 ? null : now,
  };
  const view: ChecksView = { ...summary, outcomes, runs: [], nextAt: now + 45 * 60_000, ...change };
  core.answer('console/checks/view', { ok: true, checks: view });
  const { outcomes: _, runs: __, nextAt: ___, ...pushed } = view;
  core.console({
    locked: false,
    role: 'technician',
    sitting: createSitting(now, { state: 'prepared' }),
    open: { ...createOpenView(now), checks: pushed },
  });
}

const MIXED = { sound: 'not_asked', scanner: 'not_tried', power: 'battery', autostart: 'off' } as const;

for (const size of SIZES)
  test(`one word on top and what needs a hand first, at ${size.width}×${size.height}`, async ({ page, core }) => {
    mkdirSync(SHOTS, { recursive: true });
    await page.setViewportSize(size);
    show(core, outcomesOf(MIXED));
    await page.goto(`${core.url}/console/`);
    await page.getByRole('button', { name: 'Kiểm tra trước giờ', exact: true }).click();
    await expect(page.getByTestId('checks-word')).toHaveText('chưa sẵn sàng');
    const todo = page.locator('.check-todo');
    await expect(todo).toHaveCount(4);
    await expect(todo.first()).toHaveAttribute('data-check', 'power');
    await expect(todo.first()).toContainText('Cắm dây nguồn');
    await page.screenshot({ path: path.join(SHOTS, `red-${size.width}.png`) });
    expect(await listAxeViolations(page)).toEqual([]);
    show(core, outcomesOf({}));
    await expect(page.getByTestId('checks-word')).toHaveText('sẵn sàng');
    await expect(page.locator('.check-good')).toHaveCount(IDS.length);
    await page.screenshot({ path: path.join(SHOTS, `green-${size.width}.png`) });
    show(core, outcomesOf(MIXED).slice(0, 9), { running: { done: 9, total: IDS.length } });
    await expect(page.getByTestId('checks-word')).toHaveText('đang kiểm tra');
    await page.screenshot({ path: path.join(SHOTS, `running-${size.width}.png`) });
    expect(await listAxeViolations(page)).toEqual([]);
  });

test('what is for information stands by itself, and the word is ready; autostart is switched on where it is asked for', async ({
  page,
  core,
}) => {
  await page.setViewportSize({ width: 1366, height: 768 });
  const asides = { lockdown: 'not_set', updates: 'pending', sleep: 'unknown' };
  show(core, outcomesOf(asides));
  await page.goto(`${core.url}/console/`);
  await page.getByRole('button', { name: 'Kiểm tra trước giờ', exact: true }).click();
  await expect(page.getByTestId('checks-word')).toHaveText('sẵn sàng');
  await expect(page.locator('.check-todo')).toHaveCount(0);
  await expect(page.locator('.check-aside')).toHaveCount(3);
  await expect(page.getByText('3 để biết')).toBeVisible();
  await page.screenshot({ path: path.join(SHOTS, 'aside-1366.png') });
  expect(await listAxeViolations(page)).toEqual([]);
  show(core, outcomesOf({ ...asides, autostart: 'off' }));
  await expect(page.getByTestId('checks-word')).toHaveText('sẵn sàng, có điều cần xem');
  core.answer('console/settings/autostart', { ok: true, state: 'on' });
  await page.getByRole('button', { name: 'Bật tự khởi động' }).click();
  await expect
    .poll(() =>
      core.calls.map(({ name }) => name).filter((name) => /^(?:settings\/autostart|checks\/run)$/u.test(name)),
    )
    .toEqual(['settings/autostart', 'checks/run']);
});

test('never checked: one button begins; loudspeaker and scanner are asked in place, by keys alone', async ({
  page,
  core,
}) => {
  await page.setViewportSize({ width: 1366, height: 768 });
  show(core, []);
  await page.goto(`${core.url}/console/`);
  await page.getByRole('button', { name: 'Kiểm tra trước giờ', exact: true }).click();
  await expect(page.getByTestId('checks-word')).toHaveText('chưa kiểm tra');
  await page.getByRole('button', { name: 'Kiểm tra ngay' }).press('Enter');
  await expect.poll(() => core.calls.filter(({ name }) => name === 'checks/run').length).toBe(1);
  show(core, outcomesOf({ sound: 'not_asked', scanner: 'not_tried' }));
  await page.getByRole('button', { name: 'Phát tiếng thử' }).press('Enter');
  await expect(page.getByText('có nghe ba tiếng cao dần không?')).toBeVisible();
  await page.getByRole('button', { name: 'Có nghe thấy', exact: true }).press('Enter');
  await page.getByRole('button', { name: 'Không có máy quét' }).press('Enter');
  await expect
    .poll(() => core.calls.filter(({ name }) => name === 'checks/answer').map(({ input }) => input))
    .toEqual([
      { check: 'sound', heard: true },
      { check: 'scanner', result: 'none_here' },
    ]);
});
