import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { SessionPackage } from '../../electron/contract/session-package.ts';
import { en } from '../../renderer/i18n/en.ts';
import { vi } from '../../renderer/i18n/vi.ts';
import { openWindow } from '../support/door.ts';
import { beginMeasuring, measureAtSizes } from '../support/measure-layout.ts';
import { fillLocalForm } from '../support/local-form.ts';
import { withLobby } from '../support/with-lobby.ts';

/** A session made on the spot with its roster, by mouse: a broken file, one that is asked about, and a good one. */

const RENDERER = path.resolve(import.meta.dirname, '../../dist/renderer');
const SHOTS = path.resolve(import.meta.dirname, '../../test-results/lobby-roster');
const HEADING = 'STT,Họ và tên,Năm sinh,Chức vụ,Đơn vị\n';
const PEOPLE = `1,Trần Văn Bình,1970,Chủ tịch,Xã Bắc
2,Lê Thị Hoa,1981,Văn thư,Xã Bắc
3,Phạm Quốc An,1975,Trưởng ban,Ban Tổ chức
`;

test('a roster is chosen from the stick in the form of a session made on the spot, and stands in its file', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await beginMeasuring(page);
  await withLobby(async (world) => {
    const { lobby, localRoster, people } = vi;
    world.onStick('danh-sach-tot.csv', HEADING + PEOPLE);
    world.onStick('khong-tieu-de.csv', PEOPLE);
    world.onStick('hong.xlsx', Buffer.from('PK\u0003\u0004 chép chưa hết'));
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await openWindow(page, world, 'lobby');
    await page.getByRole('button', { name: lobby.local.start }).click();
    await fillLocalForm(page);
    const measure = (name: string) =>
      measureAtSizes(page, { name, shots: SHOTS, rules: { root: 'dialog', mayEndInDots: 'select' } });
    await measure('form');
    await page.getByRole('button', { name: localRoster.choose }).click();
    await expect(page.getByRole('dialog', { name: localRoster.title })).toBeVisible();

    await page.getByRole('button', { name: /^hong\.xlsx/u }).click();
    await expect(page.getByRole('alert')).toHaveText(people.fileFault.damaged_file, { timeout: 30_000 });
    await measure('damaged');

    await page.getByRole('button', { name: /^khong-tieu-de\.csv/u }).click();
    await expect(page.getByText(people.question.guessed_columns)).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('button', { name: localRoster.take })).toBeDisabled();
    await expect(page.locator('.roster-table tbody tr')).toHaveCount(3);
    await measure('question');
    await page.getByRole('button', { name: people.question.right }).click();
    await expect(page.getByRole('button', { name: localRoster.take })).toBeEnabled({ timeout: 30_000 });
    await page.getByRole('button', { name: people.roster.back }).click();

    await page.getByRole('button', { name: /^danh-sach-tot\.csv/u }).click();
    await expect(
      page.getByText(people.roster.summary.replace('{{people}}', '3').replace('{{units}}', '2')),
    ).toBeVisible({ timeout: 30_000 });
    await measure('preview');
    await page.getByRole('button', { name: localRoster.take }).click();
    const chosen = localRoster.chosen.replace('{{people}}', '3').replace('{{file}}', 'danh-sach-tot.csv');
    await expect(page.getByText(chosen)).toBeVisible();
    // What was typed before is still there.
    await expect(page.getByLabel(lobby.local.sitting)).toHaveValue('Buổi chiều');
    await measure('chosen');
    await page.getByRole('button', { name: lobby.local.make }).click();
    await expect(page.getByText(lobby.change.people.added.replace('{{count}}', '3'))).toBeVisible({ timeout: 30_000 });
    const desktop = path.join(world.dir, 'home', 'Desktop');
    const text = readFileSync(path.join(desktop, readdirSync(desktop)[0] ?? ''), 'utf8');
    const names = SessionPackage.parse(JSON.parse(text)).roster?.map(({ name }) => name);
    expect(names).toEqual(['Trần Văn Bình', 'Lê Thị Hoa', 'Phạm Quốc An']);
    // The file alone opens again, also where nothing was read before.
    await page.keyboard.press('Escape');
    await page.reload();
    await page.getByRole('button', { name: /Hội nghị đột xuất/u }).click();
    await expect(page.getByText(lobby.change.people.added.replace('{{count}}', '3'))).toBeVisible({ timeout: 30_000 });
    expect(faults).toEqual([]);
  }, RENDERER);
});

test('the roster of a session made on the spot, in English', async ({ page }) => {
  test.setTimeout(120_000);
  await beginMeasuring(page);
  await withLobby(async (world) => {
    world.onStick('danh-sach-tot.csv', HEADING + PEOPLE);
    await openWindow(page, world, 'lobby');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: en.lobby.local.start }).click();
    await page.getByRole('button', { name: en.localRoster.choose }).click();
    await page.getByRole('button', { name: /^danh-sach-tot\.csv/u }).click();
    await expect(page.getByRole('button', { name: en.localRoster.take })).toBeEnabled({ timeout: 30_000 });
    await measureAtSizes(page, {
      name: 'preview, English',
      shots: SHOTS,
      rules: { root: 'dialog', mayEndInDots: 'select' },
    });
  }, RENDERER);
});
