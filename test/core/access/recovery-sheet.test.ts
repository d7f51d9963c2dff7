import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extractText, getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import { systemPlaceRoots } from '../../../electron/core/report/places.ts';
import { findBrowser } from '../../../electron/shells/browser/find-browser.ts';
import { printPdf } from '../../../electron/shells/browser/print-pdf.ts';
import { listTasks } from '../../../renderer/console/tasks.ts';
import { readView } from '../../support/read-view.ts';
import { withCore, type CoreWorld } from '../../support/with-core.ts';

const browser = findBrowser({ platform: process.platform, env: process.env });
/** The sheet is looked at when this names a folder. */
const KEPT = process.env['DOCUMENT_PDFS'];
const unlock = (world: CoreWorld) => world.ask('console/unlock', { pin: '123456', role: 'technician' });

async function tasksOf(world: CoreWorld): Promise<string[]> {
  const view = await readView(world, 'console');
  return listTasks('technician', view, view.open!, Date.now()).map(({ what }) => what);
}

test('the technician has the task to make a recovery code until there is one, also after a restart; never while it is live', async () => {
  await withCore({ people: 2 }, async (world) => {
    await unlock(world);
    expect(await tasksOf(world)).toContain('no_recovery_code');
    const view = await readView(world, 'console');
    const live = { ...view, sitting: { ...view.sitting!, state: 'live' as const } };
    expect(listTasks('technician', live, view.open!, Date.now()).map(({ what }) => what)).not.toContain(
      'no_recovery_code',
    );
    expect(listTasks('chair', view, view.open!, Date.now()).map(({ what }) => what)).not.toContain('no_recovery_code');
    await world.restart();
    await unlock(world);
    expect(await tasksOf(world)).toContain('no_recovery_code');
    expect(await world.ask('console/keys/make-code', {})).toMatchObject({ ok: true });
    expect(await tasksOf(world)).not.toContain('no_recovery_code');
    await world.restart();
    await unlock(world);
    expect(await tasksOf(world)).not.toContain('no_recovery_code');
  });
});

test.skipIf(browser === null)(
  'the sheet is one page of A4 with the number of the sheet and the nine groups; only its own code is printed',
  { timeout: 60_000 },
  async () => {
    const home = mkdtempSync(path.join(tmpdir(), 'kiosk-home-'));
    mkdirSync(path.join(home, 'Documents'));
    const places = { ...systemPlaceRoots(), home, mountRoots: [] };
    const print = async (page: string, core: Parameters<typeof printPdf>[0]['core']) => {
      const value = await printPdf({
        executable: browser ?? '',
        folder: mkdtempSync(path.join(tmpdir(), 'print-')),
        root: process.getuid?.() === 0,
        core,
        path: page,
      });
      return { ok: true as const, value };
    };
    await withCore({ people: 2, places, print }, async (world) => {
      await unlock(world);
      const made = await world.ask('console/keys/make-code', {});
      if (!made.ok) throw new Error(made.error);
      const listed = await world.ask('console/report/places', {});
      const placeId = listed.ok ? listed.places.find(({ writable }) => writable)!.id : '';
      const other = made.code.replace(/^\d{6}/u, (group) => String((Number(group) + 11) % 1_000_000).padStart(6, '0'));
      expect(await world.ask('console/keys/save-sheet', { code: other, placeId })).toEqual({
        ok: false,
        error: 'other_code',
      });
      expect(await world.ask('console/keys/save-sheet', { code: made.code, placeId })).toMatchObject({ ok: true });
      const [name] = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((each) => each.endsWith('.pdf'));
      expect(path.basename(name ?? '')).toBe(`to-ma-khoi-phuc_${made.recovery.sheet}.pdf`);
      const bytes = readFileSync(path.join(home, name!));
      if (KEPT !== undefined) writeFileSync(path.join(KEPT, 'recovery.pdf'), bytes);
      const pdf = await getDocumentProxy(Uint8Array.from(bytes));
      expect(pdf.numPages).toBe(1);
      const [, , width = 0, height = 0] = (await pdf.getPage(1)).view;
      expect([Math.round(width), Math.round(height)]).toEqual([595, 842]);
      const { text } = await extractText(pdf, { mergePages: true });
      const read = text.replace(/\s+/gu, ' ');
      for (const wanted of ['TỜ MÃ KHÔI PHỤC', `Tờ số ${made.recovery.sheet}`, ...made.code.split('-')])
        expect(read).toContain(wanted);
      // Read row by row, as it is typed back.
      const order = made.code.split('-').map((group) => read.indexOf(group));
      expect(order).toEqual(order.toSorted((a, b) => a - b));
      // A new code makes the sheet worthless, and it is not printed any more.
      await world.ask('console/keys/make-code', {});
      expect(await world.ask('console/keys/save-sheet', { code: made.code, placeId })).toMatchObject({
        error: 'other_code',
      });
    });
  },
);
