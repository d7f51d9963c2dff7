import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { buildDiskFaults, findCompiler } from '../support/disk-faults/disk-faults.ts';
import { withFault } from '../support/faulty-core.ts';
import type { CaseResult, Gate, OpenGate } from './gate.ts';

const PROCESS = path.resolve(import.meta.dirname, '../support/core-with-bad-disk.ts');

/**
 * Reads, writes, syncs, renames and removals of the records fail (EIO) while people do things in a hall, and while the records are
 * opened. In the control an error of the database is taken for success.
 */
export const eio: Gate = {
  name: 'eio',
  what: 'on a failing disk nothing that was answered is lost, and nothing that was answered with an error is stored',
  cases: null,
  short: 250,
  missing: () => findCompiler(),
  open: ({ control, dir }) => Promise.resolve(open(dir, control)),
};

function open(dir: string, control: boolean): OpenGate {
  const under = path.join(dir, 'records');
  mkdirSync(under);
  const faults = buildDiskFaults(dir, under);
  const env = {
    ...process.env,
    ...withFault(control ? 'errors of the disk are swallowed' : null),
    ...faults,
    TMPDIR: under,
  };
  let child: ChildProcess | null = null;
  let said = '';
  const start = (): ChildProcess => {
    child = fork(PROCESS, { env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: ['--no-warnings'] });
    said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2_000)));
    return child;
  };
  return {
    tryCase: (number) =>
      new Promise<CaseResult>((resolve) => {
        const now = child ?? start();
        const ended = (): void => {
          child = null;
          resolve({ outcome: 'the process ended', wrong: `the process ended: ${said}` });
        };
        now.once('exit', ended);
        now.once('message', (result: CaseResult) => {
          now.off('exit', ended);
          resolve({ outcome: result.outcome, wrong: result.wrong });
        });
        now.send(number);
      }),
    close: async () => {
      const last = child;
      child = null;
      if (last) await new Promise((resolve) => last.once('exit', resolve).kill('SIGKILL'));
    },
  };
}
