import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, test } from 'vitest';
import { SessionPackage } from '../../../electron/contract/session-package.ts';
import { withLobby } from '../../support/with-lobby.ts';

const HOUR = 3_600_000;

test('a session made on the spot is a package file that opens again, and reports to a province this PC knows', async () => {
  await withLobby(async (world) => {
    const startsAt = Date.now() + HOUR;
    const input = {
      conference: ' Hội nghị  đột xuất ',
      venue: 'Hội trường tầng 1',
      sittings: [{ title: 'Buổi chiều', startsAt, endsAt: startsAt + 2 * HOUR }],
      stream: 'https://phat.vi-du.vn/live.m3u8',
      reportsLike: 'hn-2026-thu',
    };
    expect(await world.ask('lobby/create', input)).toEqual({ ok: false, error: 'no_province' });
    world.onStick('dau.json', JSON.stringify(world.document()));
    await world.until('the stick', () => world.view().packages.length === 1);
    expect(await world.ask('lobby/load', { id: world.view().packages[0]!.id })).toEqual({ ok: true });
    await world.restart();
    for (const wrong of [
      { ...input, stream: 'ftp://phat.vi-du.vn' },
      { ...input, conference: ' ' },
      { ...input, sittings: [{ title: 'B', startsAt, endsAt: startsAt }] },
    ])
      expect(await world.ask('lobby/create', wrong)).toMatchObject({ error: 'invalid_input' });
    const made = await world.ask('lobby/create', input);
    expect(made).toMatchObject({ ok: true });
    const id = made.ok ? made.id : '';
    const desktop = path.join(world.dir, 'home', 'Desktop');
    const [file] = readdirSync(desktop);
    const document = SessionPackage.parse(JSON.parse(readFileSync(path.join(desktop, file!), 'utf8')));
    const province = world.store.sessions.getSession('hn-2026-thu')!.document;
    expect(document).toMatchObject({
      conference: { title: 'Hội nghị đột xuất' },
      venue: { id: province.venue.id, name: 'Hội trường tầng 1' },
      sittings: [{ title: 'Buổi chiều', sources: [{ url: input.stream }] }],
      delivery: province.delivery,
      keys: province.keys,
    });
    expect(await world.ask('lobby/preview', { id })).toMatchObject({
      ok: true,
      needsPin: true,
      change: { change: 'new' },
    });
    expect(await world.ask('lobby/load', { id, newPin: '135790' })).toEqual({ ok: true });
    expect(world.opened.at(-1)).toEqual({ kind: 'session', packageId: document.packageId });

    rmSync(desktop, { recursive: true });
    await world.restart();
    expect(await world.ask('lobby/create', input)).toEqual({ ok: false, error: 'no_place' });
  });
});

test('a stream is tried as the watcher would read it', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/live.m3u8')
      response.end('#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\na.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=2\nb.m3u8\n');
    else if (request.url === '/trang') response.end('<!doctype html><title>Đăng nhập</title>');
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    await withLobby(async (world) => {
      const attempt = (address: string) => world.ask('lobby/try-stream', { address });
      expect(await attempt(`${origin}/live.m3u8`)).toEqual({ ok: true, pictures: 2 });
      expect(await attempt(`${origin}/trang`)).toEqual({ ok: false, error: 'not_read', cause: 'portal' });
      expect(await attempt(`${origin}/khong`)).toEqual({ ok: false, error: 'not_read', cause: 'missing' });
      expect(await attempt('http://127.0.0.1:59999/x.m3u8')).toEqual({
        ok: false,
        error: 'not_read',
        cause: 'refused',
      });
      expect(await attempt('phat.vi-du.vn')).toMatchObject({ error: 'invalid_input' });
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
