import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { SessionPackage } from '../../../electron/contract/session-package.ts';
import { makeLocalPackage } from '../../../electron/core/lobby/local-session.ts';
import { rememberSession } from '../../../electron/core/lobby/stored-sessions.ts';
import type { SessionRecord } from '../../../electron/core/store/session-store.ts';
import { withLobby } from '../../support/with-lobby.ts';

// Reading files and starting cores takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });
const HOUR = 3_600_000;

test('a session made on the spot is a package file that opens again, and reports to a province this PC knows', async () => {
  await withLobby(async (world) => {
    const startsAt = Date.now() + HOUR;
    const input = {
      conference: ' Hội nghị  đột xuất ',
      venue: 'Hội trường tầng 1',
      sittings: [{ title: 'Buổi chiều', startsAt, endsAt: startsAt + 2 * HOUR }],
      stream: 'https://phat.vi-du.vn/live.m3u8',
      rosterPreviewId: '',
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

const ROSTER = `STT,Mã đại biểu,Họ và tên,Năm sinh,Chức vụ,Đơn vị,Số định danh
1,001070000011,Trần Văn Bình,1970,Chủ tịch,Xã Bắc,001070000011
2,DB-77,Lê Thị Hoa,1981,Văn thư,Xã Bắc,001081000012
3,0912771234,Phạm Quốc An,1975,Trưởng ban,Ban Tổ chức,
`;

test('a roster is read for a session made on the spot, asked about as on the console, and opens again from its file', async () => {
  await withLobby(async (world) => {
    const startsAt = Date.now() + HOUR;
    const input = {
      conference: 'Hội nghị đột xuất',
      venue: 'Hội trường tầng 1',
      sittings: [{ title: 'Buổi chiều', startsAt, endsAt: startsAt + 2 * HOUR }],
      stream: '',
      rosterPreviewId: '',
      reportsLike: '',
    };
    world.onStick('danh-sach.csv', ROSTER);
    world.onStick('khong-tieu-de.csv', ROSTER.split('\n').slice(1).join('\n'));
    world.onStick('hong.xlsx', Buffer.from('PK\u0003\u0004 chép chưa hết'));
    const list = async () => {
      const answer = await world.ask('lobby/roster/files', {});
      return answer.ok ? answer.files : [];
    };
    const read = async (name: string, answers = {}) => {
      const file = (await list()).find((each) => each.name === name);
      return world.ask('lobby/roster/preview', { fileIds: [file?.id ?? '0'.repeat(16)], answers });
    };
    await world.until('the files on the stick', async () => (await list()).length === 3);
    expect(await read('khong-co.csv')).toMatchObject({ ok: false, error: 'file_gone' });
    expect(await read('hong.xlsx')).toMatchObject({ ok: false, error: 'damaged_file' });

    const asked = await read('khong-tieu-de.csv');
    const question = asked.ok ? asked.preview : null;
    expect(question).toMatchObject({ ready: false, questions: [{ code: 'guessed_columns' }] });
    const create = (rosterPreviewId: string) => world.ask('lobby/create', { ...input, rosterPreviewId });
    expect(await create(question!.previewId)).toEqual({ ok: false, error: 'roster_gone' });
    expect(await read('khong-tieu-de.csv', { guessedColumns: 'right' })).toMatchObject({ preview: { ready: true } });

    const good = await read('danh-sach.csv');
    const preview = good.ok ? good.preview : null;
    expect(preview).toMatchObject({ ready: true, people: 3, plan: { listed: 0, added: 3, missing: 0 } });
    const rows = { previewId: preview!.previewId, sheet: preview!.sheets[0]!.name, only: 'person', from: 0 } as const;
    expect(await world.ask('lobby/roster/rows', rows)).toMatchObject({ ok: true, total: 3 });
    expect(await create(question!.previewId)).toEqual({ ok: false, error: 'roster_gone' });
    const made = await create(preview!.previewId);
    expect(made).toMatchObject({ ok: true });

    const desktop = path.join(world.dir, 'home', 'Desktop');
    const file = path.join(desktop, readdirSync(desktop)[0]!);
    expect(statSync(file).mode & 0o077).toBe(0);
    const document = SessionPackage.parse(JSON.parse(readFileSync(file, 'utf8')));
    expect(document.roster?.map(({ name, birthYear }) => [name, birthYear])).toEqual([
      ['Trần Văn Bình', 1970],
      ['Lê Thị Hoa', 1981],
      ['Phạm Quốc An', 1975],
    ]);
    // Ids stand in clear in records and reports: numbers of people are none, and a package with such ids would be refused.
    const ids = document.roster?.map(({ id }) => id) ?? [];
    expect(ids).toEqual([expect.stringMatching(/^f-/), 'DB-77', expect.stringMatching(/^f-/)]);
    expect(document.units.map(({ name }) => name)).toEqual(['Xã Bắc', 'Ban Tổ chức']);
    expect(world.view().packages.find(({ id }) => made.ok && id === made.id)?.facts?.people).toBe(3);
    expect(await world.ask('lobby/load', { id: made.ok ? made.id : '', newPin: '135790' })).toEqual({ ok: true });
    await world.restart();
    expect(world.store.people.listPeople(document.packageId).map(({ name }) => name)).toHaveLength(3);
  });
});

test('a unit of the roster that the province has under the same name is that one', () => {
  const unit = (id: string, name: string) => ({ id, name });
  const like = {
    document: {
      venue: unit('px', 'Phường Xuân'),
      privacy: { notice: 'Chỉ dùng để báo cáo.' },
      units: [unit('bac', 'Xã Bắc'), unit('nam', 'Xã Nam')],
    },
  };
  const people = [
    { id: 'row-1', name: 'Trần Văn Bình', unitId: 'xa-bac' },
    { id: 'row-2', name: 'Lê Thị Hoa', unitId: 'nam' },
  ];
  const document = makeLocalPackage(
    {
      conference: 'A',
      venue: 'B',
      sittings: [{ title: 'C', startsAt: 0, endsAt: HOUR }],
      stream: '',
      rosterPreviewId: '',
      reportsLike: '',
    },
    {
      like: like as unknown as SessionRecord,
      people: { people, units: [unit('xa-bac', 'XÃ BẮC'), unit('nam', 'Ban Nam')] },
      now: 0,
    },
  );
  expect(document.units).toEqual([unit('bac', 'Xã Bắc'), unit('nam', 'Xã Nam'), unit('nam-2', 'Ban Nam')]);
  expect(document.roster?.map(({ unitId }) => unitId)).toEqual(['bac', 'nam-2']);
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

test('a number that stands for two people in two spellings is the id of neither, and the session is made', async () => {
  await withLobby(async (world) => {
    const startsAt = Date.now() + HOUR;
    const rows = [
      '001070000011,Trần Văn Bình,1970',
      '001.070.000.011,Lê Thị Hoa,1981',
      'CCCD-001070000011,Phạm An,1975',
    ];
    world.onStick('hai-lan.csv', `Mã đại biểu,Họ và tên,Năm sinh\n${rows.join('\n')}\n`);
    const list = async () => {
      const answer = await world.ask('lobby/roster/files', {});
      return answer.ok ? answer.files : [];
    };
    await world.until('the file on the stick', async () => (await list()).length === 1);
    const read = await world.ask('lobby/roster/preview', { fileIds: [(await list())[0]!.id], answers: {} });
    const made = await world.ask('lobby/create', {
      conference: 'Hội nghị đột xuất',
      venue: 'Hội trường tầng 1',
      sittings: [{ title: 'Buổi chiều', startsAt, endsAt: startsAt + 2 * HOUR }],
      stream: '',
      rosterPreviewId: read.ok ? read.preview.previewId : '',
      reportsLike: '',
    });
    expect(made).toMatchObject({ ok: true });
    expect(world.view().packages.find(({ id }) => made.ok && id === made.id)?.facts?.people).toBe(3);
  });
});

test('name and password for a proxy stand in no file that is saved, and count on when it is loaded on this PC', async () => {
  await withLobby(async (world) => {
    const proxy = 'http://xa-dong-xuan:mat-khau-cua-mang@proxy.vi-du.vn:3128/';
    const first = world.document();
    world.onStick('dau.json', JSON.stringify({ ...first, delivery: { ...first.delivery, proxy } }));
    await world.until('the stick', () => world.view().packages.length === 1);
    expect(await world.ask('lobby/load', { id: world.view().packages[0]!.id })).toEqual({ ok: true });
    rememberSession(world.store, 'hn-2026-thu');
    await world.restart();
    const startsAt = Date.now() + HOUR;
    for (const reportsLike of ['hn-2026-thu', '']) {
      const made = await world.ask('lobby/create', {
        conference: 'Hội nghị đột xuất',
        venue: 'Hội trường tầng 1',
        sittings: [{ title: 'Buổi chiều', startsAt, endsAt: startsAt + 2 * HOUR }],
        stream: '',
        rosterPreviewId: '',
        reportsLike,
      });
      const desktop = path.join(world.dir, 'home', 'Desktop');
      const text = readFileSync(path.join(desktop, made.ok ? made.name : ''), 'utf8');
      expect(text).not.toMatch(/xa-dong-xuan|mat-khau-cua-mang/u);
      const { packageId, delivery } = SessionPackage.parse(JSON.parse(text));
      expect(delivery.proxy).toBe('http://proxy.vi-du.vn:3128/');
      expect(await world.ask('lobby/load', { id: made.ok ? made.id : '' })).toEqual({ ok: true });
      expect(world.store.sessions.getSession(packageId)?.document.delivery.proxy).toBe(proxy);
      await world.restart();
    }
    // Another proxy is not given them.
    const other = world.document({ packageId: 'hn-khac' });
    world.onStick(
      'khac.json',
      JSON.stringify({ ...other, delivery: { ...other.delivery, proxy: 'http://proxy.khac.vn:3128' } }),
    );
    await world.until('the other', () => world.view().packages.some(({ name }) => name === 'khac.json'));
    const id = world.view().packages.find(({ name }) => name === 'khac.json')!.id;
    expect(await world.ask('lobby/load', { id })).toEqual({ ok: true });
    expect(world.store.sessions.getSession('hn-khac')?.document.delivery.proxy).toBe('http://proxy.khac.vn:3128');
  });
});
