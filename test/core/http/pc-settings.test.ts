import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import type { SessionPackage } from '../../../electron/contract/session-package.ts';
import { PcSettings } from '../../../electron/core/hall/pc-settings.ts';
import { readTwice, writeTwice } from '../../../electron/core/hall/settings-file.ts';
import { hostOfProxy, parseProxy } from '../../../electron/core/hall/proxy-address.ts';
import { readView } from '../../support/read-view.ts';
import { withCore, type CoreWorld } from '../../support/with-core.ts';

vi.setConfig({ testTimeout: 90_000 });

const unlock = (world: CoreWorld) => world.ask('console/unlock', { pin: '123456', role: 'technician' });

test('language and larger letters reach every window, say who set them and when, and outlive a restart', async () => {
  await withCore({ people: 1 }, async (world) => {
    const languages = async () => [
      (await readView(world, 'stage')).language,
      (await readView(world, 'desk')).language,
      (await readView(world, 'console')).language,
    ];
    expect(await languages()).toEqual(['vi', 'vi', 'vi']);
    expect((await readView(world, 'desk')).largeLetters).toBe(false);
    expect(await world.ask('console/settings/language', { language: 'en' })).toMatchObject({ error: 'locked' });
    await unlock(world);
    const before = Date.now();
    expect(await world.ask('console/settings/language', { language: 'en' })).toEqual({ ok: true });
    expect(await world.ask('console/settings/large-letters', { on: true })).toEqual({ ok: true });
    await world.restart();
    expect(await languages()).toEqual(['en', 'en', 'en']);
    expect((await readView(world, 'desk')).largeLetters).toBe(true);
    await unlock(world);
    const settings = await world.ask('console/settings/read', {});
    expect(settings).toMatchObject({
      language: 'en',
      largeLetters: true,
      changes: [
        { what: 'large_letters', actor: 'technician', on: true, to: null },
        { what: 'language', actor: 'technician', on: null, to: 'en' },
      ],
    });
    const kept = JSON.parse(readFileSync(path.join(world.dir, 'pc.json'), 'utf8')) as Record<string, { at: number }>;
    expect(kept['language']).toMatchObject({ value: 'en', by: 'technician' });
    expect(kept['language']!.at).toBeGreaterThanOrEqual(before);
  });
});

test('what cannot be written changes nothing and is said; a file that cannot be read costs only the settings', async () => {
  await withCore({ people: 1 }, async (world) => {
    await unlock(world);
    mkdirSync(path.join(world.dir, 'pc.json'));
    expect(await world.ask('console/settings/language', { language: 'en' })).toEqual({
      ok: false,
      error: 'not_written',
    });
    expect((await readView(world, 'desk')).language).toBe('vi');
    expect(await world.ask('console/settings/read', {})).toMatchObject({ language: 'vi', changes: [] });
  });
  await withCore(
    { people: 1, beforeStart: (dir) => writeFileSync(path.join(dir, 'pc.json'), '{"language":') },
    (world) => readView(world, 'desk').then(({ language }) => expect(language).toBe('vi')),
  );
});

test('a proxy is a name or an address with a port, or a whole http address; nothing else is taken for one', () => {
  for (const [typed, host] of [
    ['proxy.xa.example:3128', 'proxy.xa.example:3128'],
    [' 10.0.0.1:8080 ', '10.0.0.1:8080'],
    ['http://proxy.example', 'proxy.example:80'],
    ['https://proxy.example/', 'proxy.example:443'],
    ['proxy:3128', 'proxy:3128'],
    ['http://ten:mat-khau@proxy.example:3128', 'proxy.example:3128'],
    ['[fd00::1]:3128', '[fd00::1]:3128'],
  ] as const) {
    const parsed = parseProxy(typed);
    expect([typed, parsed && hostOfProxy(parsed)]).toEqual([typed, host]);
  }
  for (const typed of [
    '',
    'abc',
    'không có',
    'proxy example:3128',
    'socks5://proxy.example:1080',
    'ftp://proxy.example',
    'http://proxy.example/proxy.pac',
    'https://tinh.example/tai-goi?x=1',
    'proxy.example:99999',
    'proxy.example:0',
    ':3128',
    'http://',
    'javascript:alert(1)',
    'file:///etc/hosts',
    '-a.example:80',
    'a..b:80',
    '<script>',
  ])
    expect([typed, parseProxy(typed)]).toEqual([typed, null]);
});

test('the proxy of this PC counts before that of the package, and nobody asks a proxy for this PC itself', () => {
  const settings = new PcSettings(null);
  const by = { at: 0, by: 'technician' };
  const ofPackage = { proxy: 'http://goi.example:1', certificateAuthority: 'PEM' };
  const out = ['https://tinh.example/'];
  expect(settings.networkOf(ofPackage, out)).toEqual(ofPackage);
  settings.set('proxy', { use: 'none' }, by);
  expect(settings.networkOf(ofPackage, out)).toEqual({ proxy: undefined, certificateAuthority: 'PEM' });
  settings.set('proxy', { use: 'address', address: 'http://may.example:2/' }, by);
  expect(settings.networkOf(ofPackage, out).proxy).toBe('http://may.example:2/');
  expect(settings.networkOf({}, []).proxy).toBe('http://may.example:2/');
  expect(settings.networkOf({}, ['http://127.0.0.1:8000/a', 'http://localhost/b']).proxy).toBeUndefined();
  expect(settings.networkOf({}, ['http://127.0.0.1:8000/a', ...out]).proxy).toBe('http://may.example:2/');
});

test('stream and delivery go by the proxy that is set, from the next request on, and what is no proxy is refused', async () => {
  const seen: string[] = [];
  let intakePort = 0;
  const list = '#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\na.ts\n';
  const proxy = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? '');
    seen.push(url.hostname);
    if (url.hostname === 'phat.example') return outgoing.end(list);
    const onward = httpRequest(
      { port: intakePort, path: url.pathname + url.search, method: incoming.method, headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    incoming.pipe(onward);
    return undefined;
  });
  const website = createServer((_request, response) => response.writeHead(404).end());
  const change = (document: SessionPackage): SessionPackage => {
    intakePort = Number(new URL(document.delivery.endpoint!).port);
    return { ...document, delivery: { ...document.delivery, endpoint: 'http://tinh.example' } };
  };
  const at = (ms: number): string => new Date(Date.now() + ms).toISOString();
  const sitting = { opensAt: at(-120_000), startsAt: at(-60_000), endsAt: at(3_600_000) };
  const sources = [
    { id: 'main', url: 'http://phat.example/live.m3u8' },
    { id: 'safe', url: 'https://phat.example/live.m3u8' },
  ];
  await listening(proxy, (proxyPort) =>
    listening(website, (websitePort) =>
      withCore({ people: 1, sources, sitting, package: change }, async (world) => {
        await unlock(world);
        const set = (address: string, sure = false) =>
          world.ask('console/settings/proxy', { choice: { use: 'address', address }, sure });
        expect(await set('https://tinh.example/proxy.pac')).toEqual({ ok: false, error: 'not_an_address' });
        expect(await set('127.0.0.1:9')).toEqual({ ok: false, error: 'does_not_work', cause: 'proxy_unreachable' });
        expect(await set(`127.0.0.1:${websitePort}`)).toEqual({
          ok: false,
          error: 'does_not_work',
          cause: expect.stringMatching(/./u) as string,
        });
        expect(await world.ask('console/settings/read', {})).toMatchObject({
          proxy: { use: 'package', used: null, ofPackage: null },
          changes: [],
        });
        expect(world.core.hall.broadcast.state.health).not.toBe('live');
        // This one knows no tunnels; somebody who knows better says so.
        expect(await set(`127.0.0.1:${proxyPort}`, true)).toEqual({ ok: true });
        await world.until('the list came by the proxy', () => seen.includes('phat.example'));
        expect(await world.ask('console/settings/read', {})).toMatchObject({
          proxy: { use: 'address', used: `127.0.0.1:${proxyPort}` },
          changes: [{ what: 'proxy', actor: 'technician', to: `127.0.0.1:${proxyPort}` }],
        });
        await world.ask('console/end-sitting', { sittingId: world.sittingId });
        await world.until(
          'the report was delivered by the proxy',
          () => world.core.reports.listStatuses()[0]?.state === 'delivered',
          20_000,
        );
        expect(seen).toContain('tinh.example');
        expect(await world.ask('console/settings/proxy', { choice: { use: 'none' }, sure: false })).toEqual({
          ok: true,
        });
        seen.length = 0;
        expect(await world.ask('console/report/check-province', {})).toMatchObject({ check: { viaProxy: false } });
        expect(seen).not.toContain('tinh.example');
        // The checks go by what is set now.
        await world.core.health.run('by_hand');
        const found = world.core.health.view.outcomes.find(({ check }) => check === 'proxy');
        expect(found).toMatchObject({ state: 'green', word: 'none' });
      }),
    ),
  );
});

function tempFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'pc-settings-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const BY = { at: 1, by: 'technician' };
const KEY = Buffer.alloc(32, 7);
const OUT = ['https://tinh.example/'];

test('settings are kept twice: one file that is gone or altered costs nothing, both are said', () => {
  const dir = tempFolder();
  const [file, copy] = [path.join(dir, 'pc.json'), path.join(dir, 'pc-copy.json')];
  const read = () => {
    const settings = new PcSettings(dir);
    return [settings.get('language'), settings.areLost];
  };
  expect(read()).toEqual(['vi', false]);
  new PcSettings(dir).set('language', 'en', BY);
  expect(read()).toEqual(['en', false]);
  const whole = readFileSync(file, 'utf8');
  for (const spoilt of ['', '{"language":', whole.replace('"en"', '"vi"'), whole.replace(/"at": \d+/u, '"at": 2')]) {
    writeFileSync(file, spoilt);
    expect(read()).toEqual(['en', false]);
    expect(readFileSync(file, 'utf8')).toBe(whole);
  }
  rmSync(file);
  expect(read()).toEqual(['en', false]);
  writeFileSync(copy, 'x');
  expect(read()).toEqual(['en', false]);
  writeFileSync(file, 'x');
  expect(read()).toEqual(['vi', true]);
  // As an older program wrote it.
  writeFileSync(file, JSON.stringify({ language: { value: 'en', at: 1, by: 'technician' } }));
  expect(read()).toEqual(['en', false]);
});

test('settings that a newer program wrote are kept by this one, as far as it knows them', () => {
  const dir = tempFolder();
  const newer = z.looseObject({});
  const files = { file: path.join(dir, 'pc.json'), copy: path.join(dir, 'pc-copy.json') };
  writeTwice(files, {
    language: { value: 'en', at: 1, by: 'technician' },
    brightness: { value: 7, at: 2, by: 'chair' },
  });
  expect(readTwice(files, newer)).toMatchObject({ brightness: { value: 7 } });
  const settings = new PcSettings(dir);
  expect([settings.get('language'), settings.areLost]).toEqual(['en', false]);
});

test('settings that were lost are said on the console', async () => {
  const beforeStart = (dir: string) => writeFileSync(path.join(dir, 'pc.json'), '{"language":');
  await withCore({ people: 1, beforeStart }, async (world) => {
    await unlock(world);
    expect((await readView(world, 'console')).open?.stage.alarms).toContain('pc_settings_lost');
  });
});

test('name and password for a proxy are sealed, and nobody without the key can open them', () => {
  const dir = tempFolder();
  const settings = new PcSettings(dir, KEY);
  const login = { name: 'xã bắc', password: 'm@t:kh/au' };
  settings.set('proxy', settings.seal('http://may.example:2/', login)!, BY);
  const onDisk = () => readdirSync(dir).map((name) => readFileSync(path.join(dir, name), 'utf8'));
  expect(onDisk()).toHaveLength(2);
  expect(onDisk().join()).not.toMatch(/kh\/au|bắc|kh%2Fau/u);
  const used = new URL(new PcSettings(dir, KEY).networkOf({}, OUT).proxy!);
  expect([decodeURIComponent(used.username), decodeURIComponent(used.password), used.host]).toEqual([
    login.name,
    login.password,
    'may.example:2',
  ]);
  for (const key of [null, Buffer.alloc(32, 8)])
    expect(new PcSettings(dir, key).networkOf({}, OUT).proxy).toBe('http://may.example:2/');
  expect(new PcSettings(dir).seal('http://may.example:2/', login)).toBeNull();
  // What an older program kept in clear is sealed at the start.
  const address = 'http://ten:mat-khau@may.example:2/';
  writeFileSync(path.join(dir, 'pc.json'), JSON.stringify({ proxy: { value: { use: 'address', address }, ...BY } }));
  expect(new PcSettings(dir, KEY).networkOf({}, OUT).proxy).toBe(address);
  expect(onDisk().join()).not.toContain('mat-khau');
  expect(new PcSettings(dir, KEY).networkOf({}, OUT).proxy).toBe(address);
});

test('a password is refused in the address, and stands neither on the disk, in the log, in answers nor in the checks', async () => {
  const password = 'mat-khau-rieng';
  const seen: string[] = [];
  const proxy = createServer((incoming, outgoing) => {
    seen.push(incoming.headers['proxy-authorization'] ?? '');
    outgoing.writeHead(404).end();
  });
  const change = (document: SessionPackage): SessionPackage => ({
    ...document,
    delivery: {
      ...document.delivery,
      endpoint: 'http://tinh.example',
      proxy: `http://xa:${password}@goi.example:3128`,
    },
  });
  await listening(proxy, (port) =>
    withCore({ people: 1, package: change, settingsKey: KEY }, async (world) => {
      await unlock(world);
      const set = (address: string, more = {}) =>
        world.ask('console/settings/proxy', { choice: { use: 'address', address, ...more }, sure: true });
      expect(await set(`xa:${password}@127.0.0.1:${port}`)).toEqual({ ok: false, error: 'login_in_address' });
      expect(await set(`127.0.0.1:${port}`, { name: 'xa', password })).toEqual({ ok: true });
      await world.ask('console/report/check-province', {});
      const basic = `Basic ${Buffer.from(`xa:${password}`).toString('base64')}`;
      expect(seen).toContain(basic);
      await world.core.health.run('by_hand');
      const settings = await world.ask('console/settings/read', {});
      expect(settings).toMatchObject({ proxy: { use: 'address', hasLogin: true, used: `127.0.0.1:${port}` } });
      const shown = JSON.stringify([settings, world.core.health.view, await readView(world, 'console'), world.log]);
      expect(shown).not.toContain(password);
      const files = readdirSync(world.dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      for (const { parentPath, name } of files)
        expect([name, readFileSync(path.join(parentPath, name)).includes(password)]).toEqual([name, false]);
    }),
  );
});

async function listening(server: Server, body: (port: number) => Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await body((server.address() as AddressInfo).port);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
