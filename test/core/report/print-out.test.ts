import { expect, test } from 'vitest';
import { systemPrinters } from '../../../electron/core/report/printing/system-printers.ts';
import { ok } from '../../../electron/shared/result.ts';
import { startFakeCups } from '../../support/print-beds.ts';
import { tinyPdf } from '../../support/tiny-pdf.ts';
import { withCore, type CoreWorldOptions } from '../../support/with-core.ts';

const PDF = tinyPdf(2);
const print: CoreWorldOptions['print'] = async () => ok(PDF);

test('what was looked at is what goes to the printer, and the list of commands says that it was printed', async () => {
  const bed = startFakeCups();
  const printers = systemPrinters('linux', bed.env);
  try {
    await withCore({ people: 6, print, printers }, async (world) => {
      const { sittingId } = world;
      expect(await world.ask('console/printers/list', {})).toEqual({ ok: false, error: 'locked' });
      await world.ask('console/unlock', { pin: '123456', role: 'technician' });
      const listed = await world.ask('console/printers/list', {});
      expect(listed.ok && listed.printers.map(({ id, isDefault }) => [id, isDefault])).toEqual([
        ['hoi-truong', true],
        ['tang-2', false],
      ]);
      expect(await world.ask('console/report/preview', { sittingId, kind: 'pdf' })).toEqual({
        ok: false,
        error: 'not_sealed',
      });
      const shown = await world.ask('console/report/preview', { sittingId, kind: 'list' });
      if (!shown.ok) throw new Error(shown.error);
      expect(Buffer.from(shown.pdf, 'base64').equals(PDF)).toBe(true);
      const { documentId } = shown;
      const order = { documentId, printerId: 'hoi-truong', copies: 2 };
      expect(await world.ask('console/printers/print', { ...order, printerId: '-o' })).toEqual({
        ok: false,
        error: 'no_such_printer',
      });
      const handed = await world.ask('console/printers/print', order);
      if (!handed.ok) throw new Error(handed.error);
      expect(await world.ask('console/printers/job', { jobId: handed.jobId })).toEqual({
        ok: true,
        state: 'sent',
        trouble: null,
      });
      expect(bed.printed().equals(PDF)).toBe(true);

      // Another document was looked at since.
      await world.ask('console/report/preview', { sittingId, kind: 'paper' });
      expect(await world.ask('console/printers/print', order)).toEqual({ ok: false, error: 'no_such_document' });

      await world.ask('console/end-sitting', { sittingId });
      await world.until('sealing', () => world.store.sittings.getSitting(sittingId)?.state === 'delivered');
      expect((await world.ask('console/report/preview', { sittingId, kind: 'pdf' })).ok).toBe(true);
      expect(await world.ask('console/report/preview', { sittingId, kind: 'pdf', revision: 7 })).toEqual({
        ok: false,
        error: 'no_such_report',
      });
      const timeline = await world.ask('console/report/timeline', { sittingId });
      expect(timeline.ok && timeline.entries.map(({ what }) => what)).toContain('printed');

      await bed.end();
      expect(await world.ask('console/printers/list', {})).toEqual({ ok: false, error: 'system_down' });
      expect(world.log.some(({ event }) => event === 'not_printed')).toBe(true);
    });
  } finally {
    await bed.stop();
  }
});

test('a document that cannot be made says so, and nothing is printed', async () => {
  await withCore({ people: 2 }, async (world) => {
    const { sittingId } = world;
    await world.ask('console/unlock', { pin: '123456', role: 'technician' });
    expect(await world.ask('console/report/preview', { sittingId, kind: 'list' })).toEqual({
      ok: false,
      error: 'print_failed',
    });
    expect(await world.ask('console/report/preview', { sittingId: 'khac/khong', kind: 'list' })).toEqual({
      ok: false,
      error: 'no_such_report',
    });
    expect(await world.ask('console/printers/list', {})).toEqual({ ok: false, error: 'no_print_system' });
  });
});
