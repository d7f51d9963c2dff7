import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { ClockWatch, PROVINCE_HOST } from '../../../electron/core/hall/clock-watch.ts';
import { importPackage } from '../../../electron/core/provisioning/import-package.ts';
import { makeCertificate } from '../../support/certificates.ts';
import { readView } from '../../support/read-view.ts';
import { withCore, type CoreWorldOptions } from '../../support/with-core.ts';
import { withLobby, type LobbyWorld } from '../../support/with-lobby.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 27, 1, 0);

/** A watch on a clock that a test sets. */
function watchAt(start: number, session: ReturnType<ConstructorParameters<typeof ClockWatch>[0]['session']> = null) {
  const pc = { wallMs: start, monoMs: 1_000_000 };
  let asked = 0;
  const watch = new ClockWatch({
    clock: { now: () => pc.wallMs, stamp: () => ({ ...pc, bootId: 'b' }) },
    session: () => session,
    askProvince: () => void (asked += 1),
  });
  return { pc, watch, asked: () => asked };
}

test('a refused connection names the clock for an hour, unless a host that answers says that it is right', () => {
  const { pc, watch, asked } = watchAt(NOW);
  watch.look();
  expect(watch.alarms).toEqual([]);
  watch.noteRefusal();
  expect(watch.alarms).toEqual(['clock_wrong']);
  // Nobody has said the time: the province is asked, once in ten minutes.
  expect(asked()).toBe(1);
  watch.look();
  expect(asked()).toBe(1);
  pc.monoMs += HOUR + 1;
  pc.wallMs += HOUR + 1;
  watch.look();
  expect(watch.alarms).toEqual([]);
  watch.noteRefusal();
  watch.note('a', pc.wallMs);
  expect(watch.alarms).toEqual([]);
});

test('what the province says is told from what any other host says; two that agree count, also against a third', () => {
  const { pc, watch } = watchAt(NOW);
  watch.note('a', pc.wallMs + 5 * HOUR);
  expect(watch.offset).toMatchObject({ ms: 5 * HOUR, hosts: 1, hasProvince: false });
  watch.note(PROVINCE_HOST, pc.wallMs);
  watch.note('b', pc.wallMs + 1_000);
  expect(watch.offset).toMatchObject({ hosts: 2, hasProvince: true });
  expect(watch.alarms).toEqual([]);
  // A clock that is set afterwards does not move what they said.
  pc.wallMs += 24 * HOUR;
  watch.look();
  expect(watch.offset?.ms).toBeLessThan(-23 * HOUR);
  expect(watch.alarms).toEqual(['clock_wrong']);
});

test('without a host a clock is compared with the package: before its issue, or after the end of what never began', () => {
  const session = { issuedAt: NOW, lastEnd: NOW + 10 * HOUR, anyOpened: false };
  const alarmsAt = (wallMs: number, of = session) => {
    const { watch } = watchAt(wallMs, of);
    watch.look();
    return watch.alarms;
  };
  expect(alarmsAt(NOW)).toEqual([]);
  expect(alarmsAt(NOW - 25 * HOUR)).toEqual(['clock_unlike_sitting']);
  expect(alarmsAt(NOW + 24 * HOUR)).toEqual(['clock_unlike_sitting']);
  expect(alarmsAt(NOW + 24 * HOUR, { ...session, anyOpened: true })).toEqual([]);
  expect(alarmsAt(0)).toEqual(['clock_unset']);
});

/** A province whose certificate was valid years ago, when its own clock says that it is now. */
async function withProvinceOfAnotherYear(body: (endpoint: string, authority: string) => Promise<void>): Promise<void> {
  const root = makeCertificate({ name: 'Gốc thử', authority: true });
  const own = makeCertificate({
    name: 'tinh thu',
    issuer: root,
    hosts: ['127.0.0.1'],
    notBefore: new Date('2020-01-01'),
    notAfter: new Date('2021-01-01'),
  });
  const server = https.createServer({ cert: own.cert, key: own.key }, (_request, response) => {
    response.sendDate = false;
    response.writeHead(404, { date: new Date('2020-06-01').toUTCString() }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await body(`https://127.0.0.1:${(server.address() as AddressInfo).port}`, root.cert);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

test('in the hall: a connection that is refused only by our clock is named on the console at once', async () => {
  await withProvinceOfAnotherYear(async (endpoint, certificateAuthority) => {
    const options: CoreWorldOptions = {
      people: 1,
      package: (document) => ({ ...document, delivery: { ...document.delivery, endpoint, certificateAuthority } }),
    };
    await withCore(options, async (world) => {
      await world.until('the province was asked', () => world.core.pc.alarms.length > 0);
      expect(world.core.pc.alarms).toContain('clock_wrong');
    });
  });
});

/** Alarms on the start screen, of the newest view that it was sent. */
async function alarmsOf({ core, tokens }: LobbyWorld): Promise<string[]> {
  return (await readView({ origin: `http://127.0.0.1:${core.port}`, tokens }, 'lobby')).alarms;
}

/** The lobby after a session of this province was stored. */
async function storeSession(world: LobbyWorld, delivery: { endpoint: string; certificateAuthority?: string }) {
  const plain = world.document();
  const document = { ...plain, delivery: { ...plain.delivery, ...delivery } };
  const digest = 'ab'.repeat(32);
  const imported = await importPackage(world.store, { document, provenance: 'unsigned', keyId: null, digest });
  if (!imported.ok) throw new Error(imported.sentence);
  await world.restart();
}

test('on the start screen: nothing to say, a province that is a day off, a certificate that is refused by our clock', async () => {
  await withLobby(async (world) => expect(await alarmsOf(world)).toEqual([]));
  for (const [days, alarms] of [
    [0, []],
    [1, ['clock_wrong']],
  ] as const) {
    let asked = 0;
    const server = http.createServer((_request, response) => {
      asked += 1;
      response.sendDate = false;
      response.writeHead(404, { date: new Date(Date.now() - days * 24 * HOUR).toUTCString() }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await withLobby(async (world) => {
      await storeSession(world, { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
      await world.until('the province was asked', () => asked > 0);
      await world.until('alarms', async () => (await alarmsOf(world)).join() === alarms.join());
      expect(await alarmsOf(world)).toEqual(alarms);
    });
    server.closeAllConnections();
    server.close();
  }
  await withProvinceOfAnotherYear(async (endpoint, certificateAuthority) =>
    withLobby(async (world) => {
      await storeSession(world, { endpoint, certificateAuthority });
      await world.until('the alarm', async () => (await alarmsOf(world)).includes('clock_wrong'));
    }),
  );
});
