import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** Two queues, `hoi-truong` (the default) and `tang-2`, as a PC with CUPS has them. */
export interface PrintBed {
  /** Where the programs of CUPS are found, and what they ask. */
  env: Record<string, string>;
  /** All that `hoi-truong` printed so far. */
  printed(): Buffer;
  /** Somebody pauses a queue. */
  disable(queue: string): void;
  enable(queue: string): void;
  /** A queue takes nothing more. */
  reject(queue: string): void;
  accept(queue: string): void;
  /** The printing service ends. */
  end(): Promise<void>;
  stop(): Promise<void>;
}

/** What real CUPS needs here: its service, and the right to give its files to another user. */
export const hasCups = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/sbin/cupsd');

/** A CUPS of its own on a socket in a temporary folder; the printer behind `hoi-truong` is a port of this test. */
export async function startCups(): Promise<PrintBed> {
  const root = mkdtempSync(path.join(os.tmpdir(), 'cups-'));
  const at = (name: string): string => path.join(root, name);
  for (const folder of ['etc', 'spool', 'spool/tmp', 'cache', 'run', 'log']) mkdirSync(at(folder));
  const socket = at('run/cups.sock');
  writeFileSync(
    at('cups-files.conf'),
    [
      `ServerRoot ${at('etc')}`,
      `RequestRoot ${at('spool')}`,
      `TempDir ${at('spool/tmp')}`,
      `CacheDir ${at('cache')}`,
      `StateDir ${at('run')}`,
      ...['AccessLog', 'ErrorLog', 'PageLog'].map((log) => `${log} ${at(`log/${log}`)}`),
      'User lp',
      'Group lp',
      'SystemGroup root',
      'Sandboxing relaxed',
    ].join('\n'),
  );
  const rights = ['<Location />', 'Allow all', '</Location>', '<Policy default>', '<Limit All>', 'Order deny,allow'];
  writeFileSync(
    at('cupsd.conf'),
    [`Listen ${socket}`, 'Browsing No', ...rights, '</Limit>', '</Policy>', 'PreserveJobHistory Yes'].join('\n'),
  );
  execFileSync('chown', ['-R', 'lp:lp', root]);
  chmodSync(root, 0o755);
  const parts: Buffer[] = [];
  const printer = createServer((connection) => {
    connection.on('data', (part) => parts.push(part));
    connection.on('error', () => undefined);
    connection.on('end', () => connection.end());
  });
  await new Promise<void>((listening) => printer.listen(0, '127.0.0.1', listening));
  const { port } = printer.address() as AddressInfo;
  const service = spawn('/usr/sbin/cupsd', ['-f', '-c', at('cupsd.conf'), '-s', at('cups-files.conf')]);
  const ended = new Promise<void>((resolve) => service.on('close', () => resolve()));
  const env = { PATH: process.env['PATH'] ?? '', CUPS_SERVER: socket, LC_ALL: 'C.UTF-8' };
  const run = (program: string, ...args: string[]): string =>
    execFileSync(program, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const end = async (): Promise<void> => {
    service.kill('SIGTERM');
    await ended;
  };
  for (let tries = 0; !run('lpstat', '-r').includes('is running'); tries++) {
    if (tries > 100) throw new Error('CUPS did not start');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  for (const queue of ['hoi-truong', 'tang-2']) run('lpadmin', '-p', queue, '-E', '-v', `socket://127.0.0.1:${port}`);
  run('lpadmin', '-d', 'hoi-truong');
  return {
    env,
    printed: () => Buffer.concat(parts),
    disable: (queue) => void run('cupsdisable', queue),
    enable: (queue) => void run('cupsenable', queue),
    reject: (queue) => void run('cupsreject', queue),
    accept: (queue) => void run('cupsaccept', queue),
    end,
    stop: async () => {
      await end();
      printer.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Options of the three programs that the kiosk uses; the stand-ins refuse every other one. */
export const KNOWN_OPTIONS = {
  lp: ['-d', '-n', '-t', '-o'],
  lpstat: ['-r', '-e', '-d', '-a', '-l', '-p', '-W', '-o'],
  cancel: [],
} as const;

/** Stand-ins for `lp`, `lpstat` and `cancel`, for machines without CUPS, and for what a printer of paper reports. */
export function startFakeCups(): PrintBed & { alert(queue: string, alerts: string): void } {
  const root = mkdtempSync(path.join(os.tmpdir(), 'fake-cups-'));
  const file = path.join(root, 'state.json');
  const write = (change: (state: FakeState) => void): void => {
    const state = JSON.parse(readFileSync(file, 'utf8')) as FakeState;
    change(state);
    writeFileSync(file, JSON.stringify(state));
  };
  const queue = (): FakeQueue => ({ disabled: false, rejecting: false, alerts: 'none' });
  const first: FakeState = { running: true, jobs: [], queues: { 'hoi-truong': queue(), 'tang-2': queue() } };
  writeFileSync(file, JSON.stringify(first));
  for (const program of Object.keys(KNOWN_OPTIONS)) {
    const script = path.join(root, program);
    writeFileSync(
      script,
      `#!${process.execPath}\nprocess.argv.splice(2, 0, ${JSON.stringify(program)});\n${readFileSync(path.join(import.meta.dirname, 'fake-cups.cjs'), 'utf8')}`,
    );
    chmodSync(script, 0o755);
  }
  const out = path.join(root, 'printed');
  return {
    env: { PATH: root, FAKE_CUPS: root, FAKE_CUPS_OPTIONS: JSON.stringify(KNOWN_OPTIONS) },
    printed: () => (existsSync(out) ? readFileSync(out) : Buffer.alloc(0)),
    disable: (id) => write((state) => (state.queues[id]!.disabled = true)),
    enable: (id) => write((state) => (state.queues[id]!.disabled = false)),
    reject: (id) => write((state) => (state.queues[id]!.rejecting = true)),
    accept: (id) => write((state) => (state.queues[id]!.rejecting = false)),
    alert: (id, alerts) => write((state) => (state.queues[id]!.alerts = alerts)),
    end: async () => write((state) => (state.running = false)),
    stop: async () => rmSync(root, { recursive: true, force: true }),
  };
}

interface FakeQueue {
  disabled: boolean;
  rejecting: boolean;
  alerts: string;
}
interface FakeState {
  running: boolean;
  queues: Record<string, FakeQueue>;
  jobs: { id: string; queue: string; state: 'waiting' | 'over'; alerts: string }[];
}
