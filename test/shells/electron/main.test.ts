import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import type { ToCore } from '../../../electron/contract/shell.ts';
import { until } from '../../support/shells.ts';
import { createFakeElectron, FakeContents } from './fake-electron.ts';

/** Electron's module itself, for the one file that imports it. */
const fake = vi.hoisted(() => ({ module: {} as Record<string, unknown> }));
vi.mock('electron', () => fake.module);

const folder = mkdtempSync(path.join(os.tmpdir(), 'kiosk-main-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('starts in the right order, sends the core its secrets, and ends with the core’s refusal', async () => {
  const order: string[] = [];
  const posted: ToCore[] = [];
  const electron = createFakeElectron();
  const child = Object.assign(new EventEmitter(), {
    pid: undefined,
    postMessage: (message: ToCore) => posted.push(message),
  });
  const app = Object.assign(new EventEmitter(), {
    isPackaged: false,
    relaunch: ({ args }: { args: string[] }) => order.push(`relaunch ${args.join(' ')}`),
    exit: (status: number) => order.push(`exit ${status}`),
    setPath: (name: string, to: string) => order.push(`${name} ${path.relative(folder, to)}`),
    requestSingleInstanceLock: () => order.push('lock') > 0,
    enableSandbox: () => order.push('sandbox'),
    commandLine: { hasSwitch: () => false },
    whenReady: async () => void order.push('ready'),
  });
  const fork = (script: string) => {
    order.push(`fork ${script.split(path.sep).slice(-2).join('/')}`);
    return child;
  };
  Object.assign(fake.module, {
    app,
    BrowserWindow: electron.pieces.BrowserWindow,
    Menu: { setApplicationMenu: (menu: null) => order.push(`menu ${menu}`) },
    powerMonitor: electron.power,
    powerSaveBlocker: electron.pieces.powerSaveBlocker,
    protocol: {
      registerSchemesAsPrivileged: (schemes: { scheme: string }[]) => order.push(`scheme ${schemes[0]?.scheme}`),
    },
    screen: electron.pieces.screen,
    session: { fromPartition: electron.pieces.sessionOf },
    utilityProcess: { fork },
  });
  const listenersBefore = {
    uncaughtException: process.listeners('uncaughtException'),
    unhandledRejection: process.listeners('unhandledRejection'),
  };
  const { argv } = process;
  process.argv = ['electron', '--data', folder, '--package', 'p.json'];
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    await import('../../../electron/shells/electron/main.ts');
    await until('the core was started', () => posted.length > 0);
    expect(order).toEqual([
      'userData electron',
      'lock',
      'scheme kiosk',
      'sandbox',
      'menu null',
      'ready',
      'fork core/start.js',
    ]);
    expect(posted[0]).toMatchObject({
      type: 'start',
      shell: 'electron',
      argv: ['--data', folder, '--package', 'p.json'],
    });

    const quit = { prevented: false, preventDefault: () => (quit.prevented = true) };
    const contents = new FakeContents();
    contents.preferences = { sandbox: false, contextIsolation: true, nodeIntegration: false };
    app.emit('web-contents-created', {}, contents);
    expect(order.at(-1)).toBe('exit 70');

    child.emit('message', { type: 'refused', sentence: 'No such package.', exitStatus: 2 });
    await until('the core is told to stop', () => posted.some((m) => m.type === 'stop'));
    child.emit('exit', 0);
    // The refusal is shown in a window; the kiosk ends when the person closes it, and no system dialog is ever opened.
    const notice = await until('a window with the sentence', () =>
      electron.windows.find((w) => w.calls.some((c) => c.startsWith('load data:')) && w.calls.at(-1) === 'show'),
    );
    expect(decodeURIComponent(notice.webContents.url)).toContain('No such package.');
    expect(order.some((o) => o === 'exit 2')).toBe(false);
    notice.webContents.emit('console-message', { message: 'kiosk-answer retry', level: 'info' });
    await until('another core', () => order.filter((o) => o.startsWith('fork')).length === 2);
    expect(notice.destroyed).toBe(true);
    child.emit('message', { type: 'refused', sentence: 'No such package.', exitStatus: 2 });
    await until('the second core is told to stop', () => posted.filter((m) => m.type === 'stop').length === 2);
    child.emit('exit', 0);
    const again = await until('the window again', () =>
      electron.windows.findLast((w) => w !== notice && !w.destroyed && w.calls.at(-1) === 'show'),
    );
    app.emit('before-quit', quit);
    expect(quit.prevented).toBe(true);
    expect(again.destroyed || order.at(-1) !== 'exit 2').toBe(true);
    await until('the end', () => order.at(-1) === 'exit 2');
    expect(stderr.mock.calls.map(([line]) => line)).toContain('No such package.\n');

    // A fault that nothing caught: a line with its stack, and Electron is started again instead of opening its error box.
    const fault = process.listeners('uncaughtException').find((l) => !listenersBefore.uncaughtException.includes(l))!;
    app.isPackaged = true;
    fault(new Error('boom of "Nguyễn Văn Mẫu"'), 'uncaughtException');
    await until('another Electron', () => order.at(-1) === 'exit 1');
    expect(order.at(-2)).toBe(`relaunch --data ${folder} --package p.json --restarted=1`);
    const said = stderr.mock.calls.map(([line]) => String(line)).find((line) => line.includes('A fault in the shell'));
    expect(said).toContain('main.test.ts');
    expect(said).not.toContain('Mẫu');
  } finally {
    process.argv = argv;
    for (const listener of process.listeners('uncaughtException'))
      if (!listenersBefore.uncaughtException.includes(listener)) process.off('uncaughtException', listener);
    for (const listener of process.listeners('unhandledRejection'))
      if (!listenersBefore.unhandledRejection.includes(listener)) process.off('unhandledRejection', listener);
    stderr.mockRestore();
  }
});
