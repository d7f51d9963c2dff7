import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { rememberSession } from '../../../electron/core/lobby/stored-sessions.ts';
import { makeCertificate } from '../../support/certificates.ts';
import { createProvinceKeys, withLobby, type LobbyWorld } from '../../support/with-lobby.ts';

const root = makeCertificate({ name: 'CA của tỉnh', authority: true });
const own = makeCertificate({ name: 'goi.tinh.test', issuer: root, hosts: ['127.0.0.1'] });

/** The province's server of packages. */
async function withServer(files: Record<string, string>, body: (origin: string) => Promise<void>): Promise<void> {
  const server = createServer({ cert: own.cert, key: own.key }, (request, response) => {
    const content = files[request.url ?? ''];
    if (content === undefined) response.writeHead(404).end();
    else if (content.startsWith('http')) response.writeHead(302, { location: content }).end();
    else response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await body(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const withAuthority = (world: LobbyWorld, overrides: Record<string, unknown>) => {
  const document = world.document(overrides);
  return { ...document, delivery: { ...document.delivery, certificateAuthority: root.cert } };
};

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
      world.onStick('dau.jws', await world.province.sign(withAuthority(world, {})));
      await world.until('the stick', () => world.view().packages.length === 1);
      expect(await world.ask('lobby/load', { id: world.view().packages[0]!.id })).toEqual({ ok: true });
      rememberSession(world.store, 'hn-2026-thu');
      await world.restart();

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
