import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readSheet } from 'read-excel-file/node';
import { extractText, getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import type { SavedDocument } from '../../../electron/contract/api-report.ts';
import { ok } from '../../../electron/shared/result.ts';
import { contentDigest } from '../../../electron/core/delivery/province-client.ts';
import type { PrintOutcome } from '../../../electron/core/http/print.ts';
import type { PlaceRoots } from '../../../electron/core/report/places.ts';
import { findBrowser } from '../../../electron/shells/browser/find-browser.ts';
import { printPdf } from '../../../electron/shells/browser/print-pdf.ts';
import { withCore, type CoreWorld, type CoreWorldOptions } from '../../support/with-core.ts';

const browser = findBrowser({ platform: process.platform, env: process.env });

/** A hall with a stick plugged in; `print` fetches the page as a shell does and answers with what the test says. */
async function withStick(
  options: CoreWorldOptions & { printed?: (html: string) => PrintOutcome },
  run: (world: CoreWorld, stick: string) => Promise<void>,
): Promise<void> {
  const root = mkdtempSync(path.join(os.tmpdir(), 'stick-'));
  const stick = path.join(root, 'media', 'USB');
  mkdirSync(stick, { recursive: true });
  writeFileSync(path.join(root, 'mounts'), `/dev/sdb1 ${stick} vfat rw 0 0\n`);
  const places: PlaceRoots = {
    platform: 'linux',
    home: path.join(root, 'home'),
    mountsFile: path.join(root, 'mounts'),
    mountRoots: [path.join(root, 'media')],
    drives: [],
  };
  const print: CoreWorldOptions['print'] = async (page, { port }) => {
    const html = await (await fetch(`http://127.0.0.1:${port}${page}`)).text();
    return options.printed?.(html) ?? ok(Buffer.from(`%PDF-1.7 ${html.length}`));
  };
  try {
    await withCore({ places, print, ...options }, (world) => run(world, stick));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function seal(world: CoreWorld): Promise<{ sittingId: string; reportId: string }> {
  const { id, reportId } = world.core.hall.sitting!;
  await world.ask('console/unlock', { pin: '123456', role: 'technician' });
  const ids = [...world.core.hall.register(world.sittingId).listPeople().keys()];
  for (const personId of ids.slice(0, 5))
    await world.ask('desk/sign-in', { sittingId: world.sittingId, personId, method: 'list' });
  await world.ask('console/end-sitting', { sittingId: id });
  await world.until('sealing', () => world.store.reports.getLastRevision(reportId) === 1);
  return { sittingId: id, reportId };
}

async function stickId(world: CoreWorld): Promise<string> {
  const answer = await world.ask('console/report/places', {});
  if (!answer.ok) throw new Error(answer.error);
  return answer.places[0]!.id;
}

async function save(world: CoreWorld, json: { sittingId: string; kinds: SavedDocument['kind'][]; placeId?: string }) {
  const placeId = json.placeId ?? (await stickId(world));
  return world.ask('console/report/save', { ...json, placeId });
}

test('all documents are written to the stick, read back and named so that a clerk knows them', async () => {
  let page = '';
  const printed = (html: string): PrintOutcome => {
    page = html;
    return ok(Buffer.from('%PDF-1.7 test'));
  };
  await withStick({ people: 8, printed }, async (world, stick) => {
    const { sittingId, reportId } = await seal(world);
    const answer = await save(world, { sittingId, kinds: ['pdf', 'docx', 'xlsx', 'csv', 'sealed'] });
    if (!answer.ok) throw new Error(answer.error);
    expect(answer.place).toMatchObject({ kind: 'removable', label: 'USB', writable: true });
    expect(answer.files.map((f) => [f.kind, f.ok])).toEqual([
      ['pdf', true],
      ['docx', true],
      ['xlsx', true],
      ['csv', true],
      ['sealed', true],
    ]);
    const day = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
    expect(readdirSync(stick).toSorted()).toEqual([
      `bao-cao-niem-phong_PX-001_${day}_sang_ban-1.jose`,
      `bao-cao_PX-001_${day}_sang_ban-1.docx`,
      `bao-cao_PX-001_${day}_sang_ban-1.pdf`,
      `danh-sach_PX-001_${day}_sang_ban-1.csv`,
      `danh-sach_PX-001_${day}_sang_ban-1.xlsx`,
    ]);
    for (const file of answer.files) {
      if (!file.ok) continue;
      const bytes = readFileSync(path.join(stick, file.file));
      expect(bytes).toHaveLength(file.sizeBytes);
      expect(createHash('sha256').update(bytes).digest('hex').slice(0, 8)).toBe(file.sha256Short);
    }
    const sealed = world.store.reports.getSealed(reportId, 1)!;
    expect(page).toContain(`SHA-256 ${sealed.sha256.slice(0, 8)}`);
    const rows = await readSheet(path.join(stick, `danh-sach_PX-001_${day}_sang_ban-1.xlsx`), 'Danh sách điểm danh');
    expect(rows.flat().some((cell) => String(cell).startsWith('Tổng cộng: triệu tập 8; có mặt 5'))).toBe(true);
  });
});

test('the log of changes in the workbook names as what each person was added, and what was taken back', async () => {
  await withStick({ people: 6 }, async (world, stick) => {
    const { sittingId, document } = world;
    await world.ask('console/unlock', { pin: '123456', role: 'technician' });
    const kinds = ['walk_in', 'guest', 'substitute', 'supervisor'] as const;
    const added = new Map<string, string>();
    for (const kind of kinds) {
      const substituteFor = kind === 'substitute' ? { substituteFor: document.roster![3]!.id } : {};
      const person = { kind, name: `Người thêm làm ${kind}`, notDuplicate: true, ...substituteFor };
      const answer = await world.ask('console/people/add', { sittingId, ...person });
      if (!answer.ok) throw new Error(answer.error);
      added.set(kind, answer.person.personId);
    }
    const guest = { personId: added.get('guest')!, what: 'arrival', reason: 'Bấm nhầm', pin: '123456' } as const;
    expect(await world.ask('console/people/undo', { sittingId, ...guest })).toMatchObject({ ok: true });
    await seal(world);
    expect(await save(world, { sittingId, kinds: ['xlsx'] })).toMatchObject({ ok: true, files: [{ ok: true }] });
    const file = readdirSync(stick).find((name) => name.endsWith('.xlsx'))!;
    const rows = await readSheet(readFileSync(path.join(stick, file)), 'Nhật ký chỉnh sửa');
    const logged = (of: string, column: 4 | 5) =>
      rows.filter((row) => row[3] === `Người thêm làm ${of}`).map((row) => row[column]);
    expect(kinds.map((kind) => logged(kind, 5)[0])).toEqual([
      'Thêm người ngoài danh sách',
      'Thêm khách mời',
      'Dự thay',
      'Thêm cấp trên dự, chỉ đạo',
    ]);
    expect(logged('guest', 4)).toContain('Thêm khách mời');
    expect(logged('guest', 5)).toContain('Hủy thao tác');
    expect(logged('supervisor', 5).filter((word) => /ngoài danh sách|tại chỗ/iu.test(String(word)))).toEqual([]);
  });
});

test('the stick reaches the province by another PC, and the later online copy is the same report', async () => {
  let reachable = false;
  const provinceFaults: CoreWorldOptions['provinceFaults'] = {
    beforeRequest: async (request, response) => {
      if (reachable || request.headers['user-agent'] === 'another-pc') return false;
      response.writeHead(503).end();
      return true;
    },
  };
  await withStick({ people: 6, provinceFaults }, async (world, stick) => {
    const { sittingId, reportId } = await seal(world);
    await world.until('a failed try', () => (world.store.outbox.listStatuses('hn-2026-thu')[0]?.attempts ?? 0) > 0);
    const answer = await save(world, { sittingId, kinds: ['sealed'] });
    const file = answer.ok && answer.files[0]?.ok ? answer.files[0].file : '';
    const carried = path.join(stick, '..', 'carried.jose');
    copyFileSync(path.join(stick, file), carried);
    const bytes = readFileSync(carried);
    const put = await fetch(`${world.endpoint}/v1/reports/${reportId}/revisions/1`, {
      method: 'PUT',
      headers: {
        'content-type': 'application/jose',
        'content-digest': contentDigest(bytes),
        'user-agent': 'another-pc',
      },
      body: bytes,
    });
    expect(put.status).toBe(201);
    const receipt = await put.text();
    expect(world.store.outbox.getStatus({ reportId, revision: 1 })?.state).toBe('waiting');

    reachable = true;
    world.core.reports.courier.sendNow();
    await world.until('delivery', () => world.store.outbox.getStatus({ reportId, revision: 1 })?.state === 'delivered');
    expect(world.store.outbox.getStatus({ reportId, revision: 1 })?.lastHttpStatus).toBe(200);
    expect(world.store.outbox.getReceipt({ reportId, revision: 1 })).toBe(receipt);
    expect(world.intake.listReports()).toHaveLength(1);
  });
});

test('one document that fails is told by itself; the others are saved', async () => {
  const printed = (): PrintOutcome => ({ ok: false, error: 'print_failed', detail: 'the browser ended' });
  await withStick({ people: 6, printed }, async (world, stick) => {
    const { sittingId } = await seal(world);
    const answer = await save(world, { sittingId, kinds: ['pdf', 'csv'] });
    expect(answer).toMatchObject({
      ok: true,
      files: [
        { ok: false, kind: 'pdf', error: 'print_failed' },
        { ok: true, kind: 'csv' },
      ],
    });
    expect(readdirSync(stick)).toHaveLength(1);
  });
});

test('what a shell calls a PDF and is none is a failure', async () => {
  for (const bytes of ['', '<html>', 'PDF']) {
    await withStick({ people: 6, printed: () => ok(Buffer.from(bytes)) }, async (world, stick) => {
      const { sittingId } = await seal(world);
      const answer = await save(world, { sittingId, kinds: ['pdf'] });
      expect(answer).toMatchObject({ ok: true, files: [{ ok: false, error: 'print_failed' }] });
      expect(readdirSync(stick)).toEqual([]);
    });
  }
});

test('nothing is written to a place that is gone, unknown, or before there is a report', async () => {
  await withStick({ people: 6 }, async (world, stick) => {
    const sittingId = world.core.hall.sitting!.id;
    await world.ask('console/unlock', { pin: '123456', role: 'technician' });
    const placeId = await stickId(world);
    expect(await save(world, { sittingId, kinds: ['csv'] })).toEqual({ ok: false, error: 'not_sealed' });
    await seal(world);
    expect(await save(world, { sittingId, kinds: ['csv'], placeId: '/tmp' })).toEqual({
      ok: false,
      error: 'no_such_place',
    });
    writeFileSync(path.join(stick, '..', '..', 'mounts'), '');
    expect(await save(world, { sittingId, kinds: ['csv'], placeId })).toEqual({ ok: false, error: 'no_such_place' });
    expect(readdirSync(stick)).toEqual([]);
  });
});

test('the paper sheet is there before the sitting, with everybody summoned and no sealed report', async () => {
  let page = '';
  const printed = (html: string): PrintOutcome => {
    page = html;
    return ok(Buffer.from('%PDF-1.7 giấy'));
  };
  await withStick({ people: 12, printed }, async (world, stick) => {
    await world.ask('console/unlock', { pin: '123456', role: 'technician' });
    const sittingId = world.core.hall.sitting!.id;
    const answer = await save(world, { sittingId, kinds: ['paper'] });
    expect(answer).toMatchObject({ ok: true, files: [{ ok: true, kind: 'paper' }] });
    expect(readdirSync(stick)[0]).toMatch(/^phieu-diem-danh_PX-001_[\d-]{10}_sang\.pdf$/);
    for (const person of world.core.hall.register(world.sittingId).listPeople().values())
      expect(page).toContain(person.name);
  });
});

test('the badge sheet has a code for everybody summoned, and the code printed signs that person in', async () => {
  let page = '';
  const printed = (html: string): PrintOutcome => {
    page = html;
    return ok(Buffer.from('%PDF-1.7 thẻ'));
  };
  await withStick({ people: 12, printed }, async (world, stick) => {
    await world.ask('console/unlock', { pin: '123456', role: 'technician' });
    const sittingId = world.core.hall.sitting!.id;
    const answer = await save(world, { sittingId, kinds: ['badges'] });
    expect(answer).toMatchObject({ ok: true, files: [{ ok: true, kind: 'badges' }] });
    expect(readdirSync(stick)[0]).toMatch(/^the-diem-danh_PX-001_/);
    const people = [...world.core.hall.register(world.sittingId).listPeople().values()];
    for (const person of people) expect(page).toContain(person.name);
    expect(page.match(/<svg/g)).toHaveLength(people.length);
    const badge = world.store.people.issueBadges('hn-2026-thu').get(people[3]!.id)!;
    const scanned = await world.ask('desk/scan', { sittingId: world.sittingId, raw: `BP1|PX-001|${badge}` });
    expect(scanned).toMatchObject({ ok: true, person: { personId: people[3]!.id } });
  });
});

test('progress is pushed to the console while documents are written, and a second order waits for its turn', async () => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const print = async (): Promise<PrintOutcome> => {
    await held;
    return ok(Buffer.from('%PDF-1.7 chậm'));
  };
  await withStick({ people: 6, print }, async (world) => {
    const { sittingId } = await seal(world);
    const placeId = await stickId(world);
    const { exports } = world.core.reports;
    const first = save(world, { sittingId, kinds: ['pdf', 'csv'], placeId });
    await world.until('the CSV', () => exports.getSaving()?.done === 1);
    expect(exports.getSaving()).toEqual({ done: 1, total: 2 });
    expect(await save(world, { sittingId, kinds: ['csv'], placeId })).toEqual({ ok: false, error: 'busy' });
    release();
    expect(await first).toMatchObject({ ok: true });
    expect(exports.getSaving()).toBeNull();
  });
});

test.skipIf(browser === null)(
  'a real browser prints the report of 500 people, and all three documents are on the stick',
  async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'print-'));
    const print: CoreWorldOptions['print'] = (page, core) =>
      printPdf({ executable: browser ?? '', folder, root: process.getuid?.() === 0, core, path: page }).then(
        ok,
        (cause: Error) => ({ ok: false, error: 'print_failed', detail: cause.message }),
      );
    await withStick({ people: 500, print }, async (world, stick) => {
      const { sittingId } = await seal(world);
      const answer = await save(world, { sittingId, kinds: ['pdf', 'xlsx', 'csv'] });
      expect(answer).toMatchObject({ ok: true, files: [{ ok: true }, { ok: true }, { ok: true }] });
      const name = readdirSync(stick).find((file) => file.endsWith('.pdf')) ?? '';
      const pdf = await getDocumentProxy(Uint8Array.from(readFileSync(path.join(stick, name))));
      const { text } = await extractText(pdf, { mergePages: true });
      expect(text.normalize('NFC')).toContain('BÁO CÁO');
    });
    rmSync(folder, { recursive: true, force: true });
  },
  60_000,
);
