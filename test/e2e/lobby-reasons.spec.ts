import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { en } from '../../renderer/i18n/en.ts';
import { vi } from '../../renderer/i18n/vi.ts';
import type { Words } from '../support/console-dialogs.ts';
import { openWindow } from '../support/door.ts';
import { beginMeasuring, measureAtSizes } from '../support/measure-layout.ts';
import { knowProvince, OTHER_NAME, sendMany, withAuthority, withPackageServer } from '../support/package-server.ts';
import { createProvinceKeys, withLobby, type LobbyWorld } from '../support/with-lobby.ts';

/** Every reason why a package cannot be used, or must be allowed, in one list from one stick. */

const RENDERER = path.resolve(import.meta.dirname, '../../dist/renderer');
const SHOTS = path.resolve(import.meta.dirname, '../../test-results/lobby-reasons');
const LANGUAGES = { 'Tiếng Việt': vi, English: en as unknown as Words };
const HOUR = 3_600_000;
const at = (ms: number) => new Date(ms).toISOString();

/** The files of the stick, and what the list says of each in the words of a language. */
type Expected = Record<string, (words: Words) => string>;

/** A PC that knows its province and venue, and a stick with all that can be wrong. */
async function fill(world: LobbyWorld): Promise<Expected> {
  const own = world.document({ conference: { id: 'hn-2026', title: 'Hội nghị học tập, quán triệt Nghị quyết' } });
  world.onStick('00-dung.jws', await world.province.sign(own));
  await world.until('the first package', () => world.view().packages.length === 1);
  expect(await world.ask('lobby/load', { id: world.view().packages[0]!.id })).toEqual({ ok: true });
  await world.restart();

  const { sign } = world.province;
  const next = (packageId: string, overrides: Record<string, unknown> = {}) =>
    world.document({ packageId, conference: { id: packageId, title: `Hội nghị ${packageId}` }, ...overrides });
  const stranger = createProvinceKeys('tinh-la');
  const long = { startsAt: at(Date.now() - 50 * HOUR), endsAt: at(Date.now() - 49 * HOUR) };
  const put = (name: string, content: string | Uint8Array) => world.onStick(name, content);
  put('01-moi.jws', await sign(next('tuan-sau')));
  put('02-noi-khac.jws', await sign(next('noi-khac', { venue: { id: 'PX-777', name: 'Phường Khác' } })));
  put('03-khong-ky.json', JSON.stringify(next('khong-ky')));
  put('04-khoa-la.jws', await stranger.sign(next('khoa-la')));
  put('05-sua-lai.jws', await sign({ ...own, organiser: undefined, hotline: '0000' } as typeof own));
  put('06-tuong-lai.jws', await sign(next('tuong-lai', { issuedAt: at(Date.now() + 72 * HOUR) })));
  put('07-ban-cu.jws', await sign({ ...own, issuedAt: at(Date.parse(own.issuedAt) - HOUR) }));
  put('08-da-qua.jws', await sign(next('da-qua', { sittings: [{ id: 's', title: 'Buổi sáng', ...long }] })));
  put('09-phien-dut.json', JSON.stringify(next('dut')).slice(0, 900));
  const whole = await sign(next('sua'));
  put(
    '10-phien-bi-sua.jws',
    whole.replace(/\.([^.]{40})/u, (_all, some: string) => `.${some.split('').toReversed().join('')}`),
  );
  put('11-phien-rong.jws', new Uint8Array(0));
  put('12-phien-qua-lon.json', new Uint8Array(41 * 1024 * 1024));
  return {
    '01-moi.jws': ({ lobby }) => lobby.trust.signed,
    '00-dung.jws': ({ lobby }) => lobby.trust.stored,
    '02-noi-khac.jws': ({ lobby }) => lobby.question.other_venue,
    '03-khong-ky.json': ({ lobby }) => lobby.question.unsigned,
    '04-khoa-la.jws': ({ lobby }) => lobby.question.other_key,
    '05-sua-lai.jws': ({ lobby }) => lobby.question.same_issue,
    '06-tuong-lai.jws': ({ lobby }) => lobby.question.future_issue,
    '07-ban-cu.jws': ({ lobby }) => lobby.fault.older_issue,
    '08-da-qua.jws': ({ lobby }) => lobby.fault.expired,
    // Of files that cannot be read the core says where and why.
    '09-phien-dut.json': (words) =>
      words === vi
        ? 'Gói phiên 09-phien-dut.json: tệp đứt ở giữa chừng, tại dòng 1: chép chưa hết; hãy chép lại, hoặc xin tỉnh gửi lại tệp.'
        : 'Session package 09-phien-dut.json: the file ends in the middle, at line 1: it was not copied whole; copy it again, or ask the province for it again.',
    '10-phien-bi-sua.jws': (words) =>
      words === vi
        ? 'Gói phiên 10-phien-bi-sua.jws: chữ ký không khớp khóa của tỉnh; đừng dùng tệp này, hãy hỏi tỉnh.'
        : 'Session package 10-phien-bi-sua.jws: its signature does not match the key of the province; do not use it and ask the province.',
    '11-phien-rong.jws': (words) =>
      words === vi
        ? 'Gói phiên 11-phien-rong.jws: tệp rỗng; hãy chép lại tệp của tỉnh.'
        : 'Session package 11-phien-rong.jws: the file is empty; copy it again from the province.',
    '12-phien-qua-lon.json': (words) =>
      words === vi
        ? 'Gói phiên 12-phien-qua-lon.json: tệp lớn hơn 40 MB, không thể là gói phiên; hãy chọn đúng tệp.'
        : 'Session package 12-phien-qua-lon.json: the file is larger than 40 MB and cannot be a session package; choose the right file.',
  };
}

const usable = ['00-dung.jws', '01-moi.jws'];
const asked = ['02-noi-khac.jws', '03-khong-ky.json', '04-khoa-la.jws', '05-sua-lai.jws', '06-tuong-lai.jws'];

test('every reason stands in the list in one sentence, in both languages, whole at each size', async ({ page }) => {
  test.setTimeout(240_000);
  await beginMeasuring(page);
  await withLobby(async (world) => {
    const expected = await fill(world);
    await openWindow(page, world, 'lobby');
    const list = (words: Words) => page.getByRole('list', { name: words.lobby.load.found });
    for (const [language, words] of Object.entries(LANGUAGES)) {
      await page.getByRole('button', { name: language }).click();
      const rows = list(words).locator('.lobby-row');
      await expect(rows).toHaveCount(Object.keys(expected).length, { timeout: 15_000 });
      for (const [name, say] of Object.entries(expected))
        await expect.soft(rows.filter({ hasText: name })).toContainText(say(words));
      // What can be used comes first, then what a person must allow; the rest can be read and not chosen.
      const texts = await rows.allInnerTexts();
      const names = texts.map((text) => Object.keys(expected).find((name) => text.includes(name)) ?? text);
      expect(names.slice(0, 2).toSorted()).toEqual(usable);
      expect(names.slice(2, 7).toSorted()).toEqual(asked);
      await expect(list(words).getByRole('button')).toHaveCount(7);
      await expect(rows.first()).toContainText(/tinh-a-ed25519 (?:[0-9a-f]{4}-){3}[0-9a-f]{4}/u);
      await measureAtSizes(page, {
        name: `reasons, ${language}`,
        shots: SHOTS,
        rules: { root: '.lobby', mayEndInDots: 'select' },
      });
      await rows.last().scrollIntoViewIfNeeded();
      await measureAtSizes(page, {
        name: `reasons at the end, ${language}`,
        shots: SHOTS,
        rules: { root: '.lobby', mayEndInDots: 'select' },
      });
    }
  }, RENDERER);
});

test('what lies at an address is said in one sentence with a next step, in both languages', async ({ page }) => {
  test.setTimeout(240_000);
  await beginMeasuring(page);
  await withLobby(async (world) => {
    await knowProvince(world);
    const elsewhere = withAuthority(world, { packageId: 'noi-khac', venue: { id: 'PX-777', name: 'Phường Khác' } });
    const files = {
      '/trang': '<!doctype html><html><body>Cổng thông tin</body></html>',
      '/lon': sendMany(300 * 1024 * 1024, false),
      '/noi-khac.jws': await world.province.sign(elsewhere),
      '/cam': (response: ServerResponse) => void response.writeHead(403).end(),
      '/ban': (response: ServerResponse) => void response.writeHead(503).end(),
    };
    await openWindow(page, world, 'lobby');
    await withPackageServer(files, (origin) =>
      withPackageServer(
        files,
        async (wrong) => {
          for (const [language, words] of Object.entries(LANGUAGES)) {
            const { lobby, packageAddress, causes } = words;
            await page.getByRole('button', { name: language }).click();
            await page.getByRole('button', { name: lobby.address.open }).click();
            const sheet = page.getByRole('dialog', { name: lobby.address.title });
            for (const [address, said] of [
              ['http://tinh.vi-du.vn/goi.jws', lobby.address.not_https.replace('{{scheme}}', 'https://')],
              [`${wrong}/trang`, `${causes.says.certificate_wrong_name} ${causes.next.certificate_wrong_name}`],
              [`${origin}/khong-co`, `${packageAddress.says.missing} ${packageAddress.next.missing}`],
              [`${origin}/cam`, `${packageAddress.says.denied} ${packageAddress.next.denied}`],
              [`${origin}/ban`, `${causes.says.busy} ${packageAddress.next.busy}`],
              [`${origin}/lon`, lobby.address.not_a_package],
              [`${origin}/trang`, lobby.address.web_page],
            ] as const) {
              await sheet.getByRole('textbox').fill(address);
              await sheet.getByRole('button', { name: lobby.address.fetch, exact: true }).click();
              await expect.soft(sheet.getByRole('alert')).toHaveText(said, { timeout: 20_000 });
            }
            await measureAtSizes(page, {
              name: `address, ${language}`,
              shots: SHOTS,
              rules: { root: 'dialog', mayEndInDots: 'select' },
            });
            await sheet.getByRole('textbox').fill(`${origin}/noi-khac.jws`);
            await page.keyboard.press('Enter');
            await expect(page.getByRole('dialog').getByText(lobby.question.other_venue)).toBeVisible({
              timeout: 20_000,
            });
            await expect(page.getByRole('button', { name: lobby.sheet.load })).toBeDisabled();
            await page.keyboard.press('Escape');
            await expect(page.getByRole('dialog')).toHaveCount(0);
          }
          // Only what is a package came into the list.
          expect(world.view().packages.filter(({ host }) => host !== null)).toHaveLength(1);
        },
        OTHER_NAME,
      ),
    );
  }, RENDERER);
});
