import { readdirSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { rememberSession } from '../../../electron/core/lobby/stored-sessions.ts';
import {
  knowProvince,
  OTHER_NAME,
  sendMany,
  withAuthority,
  withPackageServer as withServer,
} from '../../support/package-server.ts';
import { createProvinceKeys, withLobby } from '../../support/with-lobby.ts';

test('a package comes from an https address when a known key of the province signed it, and in no other way', async () => {
  await withLobby(async (world) => {
    const stranger = createProvinceKeys('khac');
    const next = withAuthority(world, { packageId: 'hn-dia-chi' });
    const files: Record<string, string> = {
      '/goi/phien.jws': await world.province.sign(next),
      '/khac.jws': await stranger.sign(next),
      '/tran.json': JSON.stringify(next),
      '/sang-http': 'http://127.0.0.1:1/phien.jws',
      '/hong.jws': 'không phải gói',
    };
    await withServer(files, async (origin) => {
      const get = (address: string) => world.ask('lobby/fetch', { address });
      // The authority of this server is known from no package yet.
      expect(await get(`${origin}/goi/phien.jws`)).toMatchObject({
        error: 'not_reached',
        cause: expect.stringMatching(/^certificate_/u),
      });
      await knowProvince(world);

      for (const address of ['http://127.0.0.1/phien.jws', 'phien.jws', 'file:///etc/passwd', `${origin}/sang-http`])
        expect([address, await get(address)]).toMatchObject([address, { ok: false }]);
      expect(await get('http://127.0.0.1/phien.jws')).toEqual({ ok: false, error: 'not_https' });
      expect(await get(`${origin}/khong-co.jws`)).toEqual({ ok: false, error: 'not_reached', cause: 'missing' });
      for (const [name, code] of [
        ['khac.jws', 'address_not_signed'],
        ['tran.json', 'address_not_signed'],
        ['hong.jws', 'damaged'],
      ] as const) {
        const fetched = await get(`${origin}/${name}`);
        const shown = world.view().packages.find((each) => fetched.ok && each.id === fetched.id);
        expect([name, shown?.fault?.code, shown?.host]).toEqual([name, code, new URL(origin).host]);
        // Nobody can let it in, not even by its code.
        const allow = shown?.facts?.code.slice(-4) ?? '123456';
        expect(await world.ask('lobby/load', { id: shown!.id, allow })).toMatchObject({ ok: false, error: 'refused' });
      }
      const fetched = await get(`  ${origin}/goi/phien.jws `);
      expect(fetched).toMatchObject({ ok: true });
      const id = fetched.ok ? fetched.id : '';
      expect(await world.ask('lobby/preview', { id })).toMatchObject({ ok: true, change: { change: 'new' } });
      expect(await world.ask('lobby/load', { id })).toEqual({ ok: true });
      expect(world.opened.at(-1)).toEqual({ kind: 'session', packageId: 'hn-dia-chi' });
      expect(world.store.sessions.getSession('hn-dia-chi')?.provenance).toBe('signed');
    });
  });
});

test('without any key of a province on this PC nothing comes from an address', async () => {
  await withLobby(async (world) => {
    world.onStick('dau.json', JSON.stringify(withAuthority(world, {})));
    await world.until('the stick', () => world.view().packages.length === 1);
    expect(await world.ask('lobby/load', { id: world.view().packages[0]!.id })).toEqual({ ok: true });
    rememberSession(world.store, 'hn-2026-thu');
    await world.restart();
    await withServer(
      { '/a.jws': await world.province.sign(withAuthority(world, { packageId: 'b' })) },
      async (origin) => {
        const fetched = await world.ask('lobby/fetch', { address: `${origin}/a.jws` });
        const shown = world.view().packages.find((each) => fetched.ok && each.id === fetched.id);
        expect(shown?.fault?.code).toBe('address_without_keys');
      },
    );
  });
});

test('whatever lies at an address is named, and nothing of it is written', async () => {
  await withLobby(async (world) => {
    await knowProvince(world);
    await world.until('the first look', () => !world.view().searching);
    const list = () => readdirSync(world.dir, { recursive: true, encoding: 'utf8' }).toSorted();
    const before = list();
    const get = (address: string) => world.ask('lobby/fetch', { address });
    const files = {
      '/trang': '<!doctype html><html><body>Đăng nhập</body></html>',
      '/trang-2': '\uFEFF\n  <html></html>',
      '/goi-lon': sendMany(300 * 1024 * 1024, true),
      '/goi-lon-2': sendMany(300 * 1024 * 1024, false),
      '/mot-nua': (response: ServerResponse) => {
        response.writeHead(200, { 'content-length': '5000' }).write('{"format": "session-package/1",');
        setTimeout(() => response.destroy(), 200);
      },
      '/%E0%A4%A': await world.province.sign(withAuthority(world, { packageId: 'ten-la' })),
    };
    await withServer(files, async (origin) => {
      expect(await get(`${origin}/trang`)).toEqual({ ok: false, error: 'web_page' });
      expect(await get(`${origin}/trang-2`)).toEqual({ ok: false, error: 'web_page' });
      expect(await get(`${origin}/goi-lon`)).toEqual({ ok: false, error: 'not_a_package' });
      expect(await get(`${origin}/goi-lon-2`)).toEqual({ ok: false, error: 'not_a_package' });
      expect(await get(`${origin}/mot-nua`)).toEqual({ ok: false, error: 'not_reached', cause: 'reset' });
      expect(await get(`${origin}/khong-co`)).toEqual({ ok: false, error: 'not_reached', cause: 'missing' });
      expect(world.view().packages.filter(({ host }) => host !== null)).toEqual([]);
      // A percent sign in a name is no fault of the line.
      expect(await get(`${origin}/%E0%A4%A`)).toMatchObject({ ok: true });
    });
    await withServer(
      files,
      async (origin) => {
        const answer = await get(`${origin}/trang`);
        expect(answer).toEqual({ ok: false, error: 'not_reached', cause: 'certificate_wrong_name' });
      },
      OTHER_NAME,
    );
    expect(list()).toEqual(before);
    expect(world.store.sessions.listSessions().map(({ packageId }) => packageId)).toEqual(['hn-2026-thu']);
  });
});
