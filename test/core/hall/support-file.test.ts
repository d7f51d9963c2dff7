import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test, vi } from 'vitest';
import { loadDeviceKeys } from '../../../electron/core/access/device-keys.ts';
import { createCoreLog } from '../../../electron/core/core-log.ts';
import { withoutPersonalData } from '../../../electron/core/hall/support-log.ts';
import { describePageFault } from '../../../electron/log/error-text.ts';
import { enterPersonalWords, PERSONAL_WORDS, withPersonalWords } from '../../support/personal-words.ts';
import { withCore, type CoreWorld } from '../../support/with-core.ts';

vi.setConfig({ testTimeout: 120_000 });

const PROXY_PASSWORD = 'mat-khau-proxy-77';
const LOUDSPEAKER = 'Loa của chị Sơn Ca';
const STICK = 'USB chị Hoạ Mi';

/** Whoever is asked for the folder finds "Documents" there. */
function documentsOf(world: CoreWorld): string {
  return path.join(world.dir, 'home', 'Documents');
}

async function saveTo(world: CoreWorld) {
  const places = await world.ask('console/report/places', {});
  const place = places.ok ? places.places.find(({ folder }) => folder === 'documents') : undefined;
  return world.ask('console/support/save', { placeId: place?.id ?? 'nowhere' });
}

/** The keys of this PC, as they stand in their files and otherwise. */
function keysOf(dir: string): Record<string, string> {
  const keys = loadDeviceKeys(path.join(dir, 'keys'), { mayCreate: false });
  if (!keys.ok) throw new Error(keys.sentence);
  const { databaseKey, indexKey } = keys.value;
  return {
    databaseHex: databaseKey.toString('hex'),
    databaseBase64: databaseKey.toString('base64'),
    indexHex: indexKey.toString('hex'),
    indexBase64: indexKey.toString('base64'),
  };
}

/** The word as it is, with marks apart, and in UTF-16. */
function formsOf(word: string): Buffer[] {
  const forms = [word, word.normalize('NFD')];
  return [...forms.map((form) => Buffer.from(form)), ...forms.map((form) => Buffer.from(form, 'utf16le'))];
}

describe('the support file', () => {
  test('holds logs, checks, versions, counts and settings, and nothing personal or secret', async () => {
    await withCore(
      {
        people: 6,
        settingsKey: Buffer.alloc(32, 7),
        package: withPersonalWords,
        sources: [{ id: 'chinh', url: 'http://127.0.0.1:1/x.m3u8?token=mat-ma-cua-luong' }],
        beforeStart: (dir) => {
          mkdirSync(path.join(dir, 'home', 'Documents'), { recursive: true });
          // Every personal word in every line that a log of today or of an older program could have.
          const log = createCoreLog(path.join(dir, 'kiosk.log'));
          for (const word of Object.values(PERSONAL_WORDS)) {
            log.error('request_failed', new TypeError(`cannot read "${word}"`));
            log.error('core_fault', new Error('outer', { cause: new Error(`${word} was not a row`) }));
          }
          // And in clear, as no program of ours writes it.
          const lines = Object.values(PERSONAL_WORDS).map((word) =>
            JSON.stringify({ event: 'x', detail: word, of: [word] }),
          );
          writeFileSync(path.join(dir, 'kiosk.log.1'), [...lines, '{"event":"brok'].join('\n'));
          writeFileSync(path.join(dir, 'shell.log'), `${JSON.stringify({ time: 1, line: 'the browser ended' })}\n`);
        },
        shellFacts: () =>
          Promise.resolve({
            madeUp: true,
            displays: [],
            windows: [],
            program: { name: 'Chromium', version: '140.0.1', chromium: '140.0.1', builtAt: null },
            front: 'other',
            frontName: PERSONAL_WORDS.guestName,
          }),
      },
      async (world) => {
        await enterPersonalWords(world);
        await world.ask('console/unlock', { pin: PERSONAL_WORDS.technicianPin, role: 'technician' });
        await world.ask('console/sound', { deviceId: 'd', label: LOUDSPEAKER });
        const address = 'http://proxy.example:3128';
        const choice = { use: 'address', address, name: 'ten-proxy', password: PROXY_PASSWORD } as const;
        expect(await world.ask('console/settings/proxy', { choice, sure: true })).toEqual({ ok: true });
        await world.core.health.run('by_hand');
        world.core.pc.raiseAlarm(`copy_stopped:${STICK}`);
        const made = await world.ask('console/keys/make-code', {});
        const recoveryCode = made.ok ? made.code : '';
        expect(await saveTo(world)).toMatchObject({
          ok: true,
          file: expect.stringMatching(/^goi-ho-tro_.+\.zip$/u) as string,
        });
        const [name] = readdirSync(documentsOf(world));
        const files = unzipSync(readFileSync(path.join(documentsOf(world), name!)));
        expect(Object.keys(files).toSorted()).toEqual([
          'README.txt',
          'actions.json',
          'checks.json',
          'delivery.json',
          'logs/kiosk.log',
          'logs/kiosk.log.1',
          'logs/shell.log',
          'machine.json',
          'records.json',
          'session.json',
          'settings.json',
          'versions.json',
        ]);
        const readJson = (file: string): unknown => JSON.parse(strFromU8(files[file]!));
        expect(readJson('records.json')).toMatchObject({
          schema: 13,
          rows: { person: expect.any(Number) as number, attendance_event: expect.any(Number) as number },
          chain: { ok: true },
          journal: { found: 'begun' },
        });
        expect((readJson('records.json') as { rows: Record<string, number> }).rows['attendance_event']).toBeGreaterThan(
          5,
        );
        expect((readJson('machine.json') as { alarms: string[] }).alarms).toContain('copy_stopped');
        expect(readJson('versions.json')).toMatchObject({ app: 'test', browser: { name: 'Chromium' } });
        expect(readJson('settings.json')).toMatchObject({
          proxy: { use: 'address', host: 'proxy.example:3128', hasLogin: true },
        });
        expect((readJson('checks.json') as { newest: unknown[] }).newest.length).toBeGreaterThan(10);
        expect(readJson('delivery.json')).toMatchObject([{ hasReceipt: true }, { state: 'delivered' }]);
        expect(strFromU8(files['logs/kiosk.log']!)).toContain('request_failed');
        expect(strFromU8(files['logs/shell.log']!)).toContain('the browser ended');

        const secrets: Record<string, string> = {
          ...PERSONAL_WORDS,
          proxyPassword: PROXY_PASSWORD,
          proxyName: 'ten-proxy',
          loudspeaker: LOUDSPEAKER,
          stick: STICK,
          streamToken: 'mat-ma-cua-luong',
          recoveryCode,
          ...world.tokens,
          ...keysOf(world.dir),
        };
        const found = Object.entries(secrets).flatMap(([kind, word]) =>
          Object.entries(files)
            .filter(([, bytes]) => formsOf(word).some((form) => Buffer.from(bytes).includes(form)))
            .map(([file]) => `${kind} in ${file}`),
        );
        expect(found).toEqual([]);
        const inClear = readFileSync(path.join(world.dir, 'kiosk.log.1'));
        for (const word of Object.values(PERSONAL_WORDS)) expect(inClear.includes(word)).toBe(true);
      },
    );
  });

  test('is given to the technician alone, to a place that is there, and says when it could not be written', async () => {
    await withCore({ people: 1, package: withPersonalWords }, async (world) => {
      expect(await saveTo(world)).toMatchObject({ error: 'locked' });
      await world.ask('console/unlock', { pin: PERSONAL_WORDS.technicianPin, role: 'technician' });
      // Of people their number is enough: a long list takes too long to open while others sign in.
      const listPeople = vi.spyOn(world.store.people, 'listPeople');
      expect(await saveTo(world)).toEqual({ ok: false, error: 'no_such_place' });
      expect(listPeople).not.toHaveBeenCalled();
      await world.ask('console/set-pin', { pin: '90817263', role: 'chair', current: PERSONAL_WORDS.technicianPin });
      await world.ask('console/lock', {});
      expect(await world.ask('console/unlock', { pin: '90817263', role: 'chair' })).toMatchObject({ role: 'chair' });
      expect(await saveTo(world)).toEqual({ ok: false, error: 'technician_only' });
    });
  });
});

test('a line of a log keeps what helps and loses what could be a person', () => {
  const home = '/home/nguyenvana';
  const clean = (line: unknown): unknown =>
    JSON.parse(withoutPersonalData(typeof line === 'string' ? line : JSON.stringify(line), describePageFault, home));
  const useful = {
    level: 30,
    time: 1_795_000_000_000,
    event: 'delivery_try_failed',
    report: '01998f5e-7a3b-7c11-8e22-aabbccddeeff',
    failure: 'unreachable',
    http: null,
    host: 'phat.example:8443',
    tookMs: 12.5,
  };
  expect(clean(useful)).toEqual(useful);
  expect(
    clean({ error: 'TypeError: x is not a function\n    at run (file:///opt/kiosk/dist/core/start.js:10:5)' }),
  ).toEqual({
    error: 'TypeError: x is not a function\n    at run (file:///opt/kiosk/dist/core/start.js:10:5)',
  });
  expect(clean({ line: `ENOENT ${home}/Documents` })).toEqual({ line: 'ENOENT ~/Documents' });
  for (const personal of [
    '001171998877',
    '998877665544',
    'cccd001171998877',
    'dv-0912345678',
    'BPCHIMYEN77',
    'Nguyễn',
    'Trần Thị Bích',
    'a@b.example',
  ])
    for (const text of [personal, `no row for ${personal} here`, personal.normalize('NFD')])
      expect(JSON.stringify(clean({ detail: text, of: [text] }))).not.toContain(personal);
  expect(withoutPersonalData('{"event":"half a line of Nguyễn Văn', describePageFault, home)).not.toContain('Nguyễn');
});
