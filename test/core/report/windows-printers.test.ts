import { expect, test } from 'vitest';
import type { ProgramEnd, ProgramInput } from '../../../electron/core/report/printing/run-program.ts';
import { WindowsPrinters } from '../../../electron/core/report/printing/windows-printers.ts';

interface Asked {
  program: string;
  script: string;
  how: ProgramInput;
}

/** A PowerShell that says what the test wants; what it was asked is kept, with the script read back. */
function withPowerShell(says: (script: string) => Partial<Extract<ProgramEnd, { ended: 'exit' }>>) {
  const asked: Asked[] = [];
  const printers = new WindowsPrinters(async (program, args, how) => {
    const script = Buffer.from(args.at(-1) ?? '', 'base64').toString('utf16le');
    asked.push({ program, script, how });
    return { ended: 'exit', status: 0, out: '', errors: '', ...says(script) };
  });
  return { printers, asked };
}

test('the list of Windows is read: one printer or many, the default, and what is wrong by its codes', async () => {
  const line = (change: object): object => ({
    Name: 'HP LaserJet phòng họp',
    Default: false,
    WorkOffline: false,
    DetectedErrorState: 0,
    PrinterState: 0,
    ...change,
  });
  const lists: [string, unknown][] = [
    [JSON.stringify(line({ Default: true })), [['HP LaserJet phòng họp', true, null]]],
    [
      JSON.stringify([
        line({ Name: 'a', DetectedErrorState: 4 }),
        line({ Name: 'b', WorkOffline: true }),
        line({ Name: 'c', PrinterState: 1, DetectedErrorState: null }),
      ]),
      [
        ['a', false, 'paper_out'],
        ['b', false, 'offline'],
        ['c', false, 'stopped'],
      ],
    ],
    ['', []],
  ];
  for (const [out, wanted] of lists) {
    const listed = await withPowerShell(() => ({ out })).printers.list();
    expect(listed.ok && listed.value.map(({ name, isDefault, trouble }) => [name, isDefault, trouble])).toEqual(wanted);
  }
  expect(await withPowerShell(() => ({ out: 'Access denied' })).printers.list()).toMatchObject({ error: 'no_answer' });
});

test('nothing of a printer’s or document’s name stands in the script, and the PDF goes in whole', async () => {
  const { printers, asked } = withPowerShell(() => ({}));
  const pdf = Buffer.from('%PDF-1.7 đồng chí');
  const handed = await printers.print("x'; Remove-Item C:\\", { pdf, title: 'bao-cao_PX-001', copies: 2 });
  const [{ script, how }] = asked as [Asked];
  expect(handed.ok && handed.value).toMatch(/^bao-cao_PX-001 \S+\nx'; Remove-Item C:\\$/u);
  expect(script).not.toContain('Remove-Item');
  expect(script).not.toContain('bao-cao');
  expect(how.env).toMatchObject({ KIOSK_PRINTER: "x'; Remove-Item C:\\", KIOSK_COPIES: '2' });
  expect(Buffer.from(Buffer.from(how.input!).toString('latin1'), 'base64').equals(pdf)).toBe(true);
});

test('a job is waiting while the spooler has it, with its trouble, and sent when it has it no more', async () => {
  const jobId = 'bao-cao 1\nHP';
  const waiting = withPowerShell(() => ({ out: '{"JobStatus":"Error, Printing, PaperOut"}' }));
  expect(await waiting.printers.job(jobId)).toEqual({ ok: true, value: { state: 'waiting', trouble: 'paper_out' } });
  expect(waiting.asked[0]!.how.env).toEqual({ KIOSK_TITLE: 'bao-cao 1', KIOSK_PRINTER: 'HP' });
  const gone = withPowerShell(() => ({ out: '' }));
  expect(await gone.printers.job(jobId)).toEqual({ ok: true, value: { state: 'sent', trouble: null } });
});

test('an unknown printer, a refusal and a missing PowerShell have their codes', async () => {
  const order = { pdf: Buffer.from('%PDF-'), title: 't', copies: 1 };
  expect(await withPowerShell(() => ({ status: 3 })).printers.print('x', order)).toMatchObject({
    error: 'no_such_printer',
  });
  expect(await withPowerShell(() => ({ status: 1 })).printers.print('x', order)).toMatchObject({ error: 'refused' });
  const none = new WindowsPrinters(async () => ({ ended: 'missing' }));
  expect(await none.list()).toMatchObject({ error: 'no_print_system' });
});
