import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import type { PrintJob, Printers } from '../../../electron/core/report/printing/printers.ts';
import { systemPrinters } from '../../../electron/core/report/printing/system-printers.ts';
import { hasCups, KNOWN_OPTIONS, startCups, startFakeCups, type PrintBed } from '../../support/print-beds.ts';

const PDF = Buffer.from(`%PDF-1.7\n${'đồng chí '.repeat(4_000)}\n%%EOF`);
const ORDER = { pdf: PDF, title: 'bao-cao_PX-001_2026-11-27_sang_ban-1', copies: 1 };

/** Asks until the job stands as wanted. */
async function waitFor(printers: Printers, jobId: string, wanted: PrintJob['state']): Promise<PrintJob> {
  for (let tries = 0; ; tries++) {
    const job = await printers.job(jobId);
    if (!job.ok) throw new Error(`${job.error}: ${job.detail}`);
    if (job.value.state === wanted || tries > 150) return job.value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function hand(printers: Printers, queue: string): Promise<string> {
  const handed = await printers.print(queue, ORDER);
  if (!handed.ok) throw new Error(`${handed.error}: ${handed.detail}`);
  return handed.value;
}

const BEDS: [string, boolean, () => Promise<PrintBed>][] = [
  ['the stand-ins', true, async () => startFakeCups()],
  ['CUPS itself, with a printer that is a port', hasCups, startCups],
];

describe.each(BEDS)('printing by %s', (_, isThere, start) => {
  test.skipIf(!isThere)(
    'lists the queues, prints the very bytes, waits, takes back, and names what is wrong',
    async () => {
      const bed = await start();
      const printers = systemPrinters('linux', bed.env);
      try {
        const listed = await printers.list();
        expect(listed).toEqual({
          ok: true,
          value: [
            { id: 'hoi-truong', name: 'hoi-truong', isDefault: true, trouble: null },
            { id: 'tang-2', name: 'tang-2', isDefault: false, trouble: null },
          ],
        });

        const jobId = await hand(printers, 'hoi-truong');
        expect(await waitFor(printers, jobId, 'sent')).toEqual({ state: 'sent', trouble: null });
        expect(bed.printed().equals(PDF)).toBe(true);

        bed.disable('tang-2');
        const stopped = await printers.list();
        expect(stopped.ok && stopped.value.find(({ id }) => id === 'tang-2')?.trouble).toBe('stopped');
        const waiting = await hand(printers, 'tang-2');
        expect(await printers.job(waiting)).toEqual({ ok: true, value: { state: 'waiting', trouble: 'stopped' } });
        expect(await printers.cancel(waiting)).toEqual({ ok: true, value: null });
        expect(await waitFor(printers, waiting, 'cancelled')).toEqual({ state: 'cancelled', trouble: null });
        bed.enable('tang-2');

        bed.reject('tang-2');
        const refusing = await printers.list();
        expect(refusing.ok && refusing.value.find(({ id }) => id === 'tang-2')?.trouble).toBe('not_accepting');
        expect(await printers.print('tang-2', ORDER)).toMatchObject({ ok: false, error: 'refused' });
        expect(await printers.print('khong-co', ORDER)).toMatchObject({ ok: false, error: 'no_such_printer' });

        await bed.end();
        expect(await printers.list()).toMatchObject({ ok: false, error: 'system_down' });
      } finally {
        await bed.stop();
      }
    },
  );
});

test('what a printer reports of paper, covers, ink and cables comes before the pause that it causes', async () => {
  const bed = startFakeCups();
  const printers = systemPrinters('linux', bed.env);
  try {
    const troubles: [string, string][] = [
      ['media-empty-error', 'paper_out'],
      ['media-jam-error,paused', 'paper_jam'],
      ['cover-open-warning', 'door_open'],
      ['toner-empty', 'ink_out'],
      ['offline-report', 'offline'],
      ['paused', 'stopped'],
    ];
    for (const [alerts, trouble] of troubles) {
      bed.alert('tang-2', alerts);
      const jobId = await hand(printers, 'tang-2');
      expect([alerts, await printers.job(jobId)]).toEqual([alerts, { ok: true, value: { state: 'waiting', trouble } }]);
    }
    bed.alert('tang-2', 'toner-low-report');
    const listed = await printers.list();
    expect(listed.ok && listed.value[1]?.trouble).toBe(null);
  } finally {
    await bed.stop();
  }
});

test('a PC without the programs, and a system without a known way, say so', async () => {
  expect(await systemPrinters('linux', { PATH: '/nowhere' }).list()).toMatchObject({ error: 'no_print_system' });
  expect(await systemPrinters('freebsd', {}).list()).toMatchObject({ error: 'no_print_system' });
});

test.skipIf(!hasCups)('the stand-ins take only options that the real programs document', () => {
  for (const [program, options] of Object.entries(KNOWN_OPTIONS)) {
    // It ends with status 1 after its help.
    const said = spawnSync(program, ['--help'], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
    const help = `${said.stdout}${said.stderr}`;
    const documented = [...help.matchAll(/^(-\w)\b/gmu)].map(([, option]) => option);
    expect(documented.length).toBeGreaterThan(3);
    expect(options.filter((option) => !documented.includes(option))).toEqual([]);
  }
});
