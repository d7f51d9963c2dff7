import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { en } from '../../renderer/i18n/en.ts';
import { vi } from '../../renderer/i18n/vi.ts';
import type { Words } from '../support/console-dialogs.ts';
import { openWindow } from '../support/door.ts';
import { beginMeasuring, measureAtSizes } from '../support/measure-layout.ts';
import { fillLocalForm } from '../support/local-form.ts';
import { withLobby } from '../support/with-lobby.ts';

/** The form of a session made on the spot: streams that cannot be read, rosters that cannot be used, and a long one. */

const RENDERER = path.resolve(import.meta.dirname, '../../dist/renderer');
const SHOTS = path.resolve(import.meta.dirname, '../../test-results/lobby-local');
const LANGUAGES = { 'Tiếng Việt': vi, English: en as unknown as Words };
const LIST = '#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:1\n#EXTINF:4,\n1.ts\n#EXTINF:4,\n2.ts\n';
const PEOPLE = 5_000;

async function withStreams(body: (origin: string) => Promise<void>): Promise<void> {
  const server = createServer((request, response) => {
    if (request.url === '/live.m3u8') response.end(LIST);
    else if (request.url === '/trang') response.setHeader('content-type', 'text/html').end('<html>Xin chào</html>');
    else if (request.url === '/chu') response.end('Xin chào');
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await body(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const rules = { root: 'dialog', mayEndInDots: 'select' } as const;

/** Whether the choice of where reports go, and the key for a roster, can be seen without scrolling. */
async function areInSight(page: Page, choose: string): Promise<boolean> {
  const sheet = page.getByRole('dialog');
  const body = await page.locator('dialog .sheet-body').boundingBox();
  const parts = [sheet.getByRole('combobox'), sheet.getByRole('button', { name: choose })];
  const boxes = await Promise.all(parts.map((part) => part.boundingBox()));
  return body !== null && boxes.every((box) => box !== null && box.y + box.height <= body.y + body.height);
}

for (const [language, words] of Object.entries(LANGUAGES))
  test(`the stream of a session made on the spot is tried, and where its reports go is in sight, ${language}`, async ({
    page,
  }) => {
    test.setTimeout(120_000);
    await beginMeasuring(page);
    await withLobby(async (world) => {
      const { lobby, causes } = words;
      await openWindow(page, world, 'lobby');
      await page.getByRole('button', { name: language }).click();
      await page.getByRole('button', { name: lobby.local.start }).click();
      const sheet = page.getByRole('dialog', { name: lobby.local.title });
      const said = sheet.locator('.lobby-stream p');
      await withStreams(async (origin) => {
        const tryIt = async (address: string, sentence: string) => {
          await sheet.getByLabel(lobby.local.stream).fill(address);
          await sheet.getByRole('button', { name: lobby.local.try, exact: true }).click();
          await expect.soft(said).toHaveText(sentence, { timeout: 20_000 });
        };
        const failed = (cause: 'missing' | 'not_playlist' | 'refused') =>
          `${causes.says[cause]} ${lobby.local.tryNext}`;
        await tryIt(`${origin}/khong-co.m3u8`, failed('missing'));
        await tryIt(`${origin}/trang`, `${lobby.local.tryPage} ${lobby.local.tryNext}`);
        await tryIt(`${origin}/chu`, failed('not_playlist'));
        // Another host by plain http, where nobody listens.
        await tryIt(`${origin.replace('127.0.0.1', '127.0.0.9')}/live.m3u8`, failed('refused'));
        const schemes = lobby.local.tryAddress.replace('{{http}}', 'http://').replace('{{https}}', 'https://');
        await tryIt('phat.vi-du.vn/live.m3u8', schemes);
        await measureAtSizes(page, {
          name: `form, ${language}`,
          shots: SHOTS,
          rules,
          also: async (at) => expect.soft([at, await areInSight(page, words.localRoster.choose)]).toEqual([at, true]),
        });
        await tryIt(`${origin}/live.m3u8`, lobby.local.canRead.replace('{{count}}', '1'));
      });
    }, RENDERER);
  });

test('an empty roster and one of an old program are refused with a sentence; five thousand rows come in and open again', async ({
  page,
}) => {
  test.setTimeout(240_000);
  await beginMeasuring(page);
  await withLobby(async (world) => {
    const { lobby, localRoster, people } = vi;
    world.onStick('rong.csv', '');
    world.onStick('chi-tieu-de.csv', 'STT,Họ và tên,Năm sinh,Chức vụ,Đơn vị\n');
    world.onStick('cu.xls', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(4_096)]));
    const names = ['Trần Văn Bình', 'Lê Thị Hoa', 'Phạm Quốc An', 'Vũ Ngọc Mai', 'Hoàng Minh Đức'];
    const rows = Array.from(
      { length: PEOPLE },
      (_, i) => `${i + 1},${names[i % 5]} ${i + 1},${1960 + (i % 40)},Đại biểu,Xã số ${i % 50}`,
    );
    world.onStick('nam-nghin.csv', `STT,Họ và tên,Năm sinh,Chức vụ,Đơn vị\n${rows.join('\n')}\n`);
    await openWindow(page, world, 'lobby');
    await page.getByRole('button', { name: lobby.local.start }).click();
    await fillLocalForm(page);
    await page.getByLabel(lobby.local.stream).fill('https://phat.vi-du.vn/live.m3u8');
    await page.getByRole('button', { name: localRoster.choose }).click();
    await page.getByRole('button', { name: /^rong\.csv/u }).click();
    await expect(page.getByRole('alert')).toHaveText(people.fileFault.empty_file, { timeout: 30_000 });
    await page.getByRole('button', { name: /^chi-tieu-de\.csv/u }).click();
    await expect(page.getByText(people.roster.confirmNobody)).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('button', { name: localRoster.take })).toBeDisabled();
    await page.getByRole('button', { name: people.roster.back }).click();
    // It cannot be chosen at all, and says why.
    await expect(page.getByText(people.unusable.old_excel)).toBeVisible();
    await expect(page.getByRole('button', { name: /^cu\.xls/u })).toHaveCount(0);
    await measureAtSizes(page, { name: 'files', shots: SHOTS, rules });
    await page.getByRole('button', { name: /^nam-nghin\.csv/u }).click();
    await expect(page.getByRole('button', { name: localRoster.take })).toBeEnabled({ timeout: 60_000 });
    await measureAtSizes(page, { name: 'five thousand', shots: SHOTS, rules });
    await page.getByRole('button', { name: localRoster.take }).click();
    await page.getByRole('button', { name: lobby.local.make }).click();
    const added = lobby.change.people.added.replace('{{count}}', '5000');
    await expect(page.getByText(added)).toBeVisible({ timeout: 60_000 });
    // The file alone, in a start that has read nothing else.
    await page.keyboard.press('Escape');
    await page.reload();
    await page.getByRole('button', { name: /Hội nghị đột xuất/u }).click();
    await expect(page.getByText(added)).toBeVisible({ timeout: 60_000 });
    await page.getByRole('button', { name: lobby.sheet.load }).click();
    await expect(page.getByText(lobby.opening.title)).toBeVisible({ timeout: 60_000 });
    const [session] = world.store.sessions.listSessions();
    expect(session?.document).toMatchObject({
      conference: { title: 'Hội nghị đột xuất' },
      venue: { name: 'Hội trường xã Bắc' },
      sittings: [
        {
          title: 'Buổi chiều',
          startsAt: '2030-01-15T07:00:00.000Z',
          endsAt: '2030-01-15T09:30:00.000Z',
          sources: [{ url: 'https://phat.vi-du.vn/live.m3u8' }],
        },
      ],
    });
    expect(session?.document.units).toHaveLength(50);
    expect(world.store.people.listPeople(session!.packageId)).toHaveLength(PEOPLE);
  }, RENDERER);
});
