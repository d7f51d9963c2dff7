import { EventEmitter } from 'node:events';
import type { Input, UtilityProcess } from 'electron';
import { expect, test } from 'vitest';
import { createElectronShell } from '../../../electron/shells/electron/electron-shell.ts';
import { hardenSession, permissionsOf } from '../../../electron/shells/electron/permissions.ts';
import { asCoreProcess } from '../../../electron/shells/electron/utility-core.ts';
import { listWrongPreferences, WEB_PREFERENCES } from '../../../electron/shells/electron/window-factory.ts';
import type { ShellEvents } from '../../../electron/shells/shell.ts';
import { createTokens } from '../../../electron/shells/tokens.ts';
import { OPERATOR, PROJECTOR } from '../../support/shells.ts';
import { createFakeElectron, FakeContents, FakeSession, preventable } from './fake-electron.ts';

async function rig() {
  const electron = createFakeElectron();
  const seen: string[] = [];
  const events: ShellEvents = {
    windowLost: (role, why) => seen.push(`lost ${role}: ${why}`),
    shellLost: (why) => seen.push(`shell lost: ${why}`),
    displaysChanged: (displays) => seen.push(`displays ${displays.length}`),
    key: (key) => seen.push(`key ${key}`),
    woke: () => seen.push('woke'),
    unlocked: () => seen.push('unlocked'),
    pageFault: (role, text) => seen.push(`fault ${role}: ${text}`),
  };
  const shell = createElectronShell(electron.pieces);
  await shell.start(events);
  shell.connect({ port: 4000, tokens: createTokens() });
  return { electron, shell, seen };
}

test('opens each window with the frozen preferences in a memory-only session of its own', async () => {
  const { electron, shell } = await rig();
  await shell.open('stage', PROJECTOR);
  await shell.open('desk', OPERATOR);
  const [stage, desk] = electron.windows;
  expect(stage?.options).toMatchObject({
    x: 1366,
    y: 0,
    width: 1920,
    height: 1080,
    kiosk: true,
    frame: false,
    closable: false,
  });
  expect(stage?.options.webPreferences).toEqual({ ...WEB_PREFERENCES, partition: 'kiosk-stage' });
  expect(desk?.options.webPreferences?.partition).toBe('kiosk-desk');
  expect([...electron.sessions.keys()].some((name) => name.startsWith('persist:'))).toBe(false);
  expect(stage?.calls).toEqual(['load kiosk://stage/', 'show']);
  expect(Object.isFrozen(WEB_PREFERENCES)).toBe(true);
});

test('a window cannot be closed by a user, and its loss is told once', async () => {
  const { electron, shell, seen } = await rig();
  await shell.open('desk', OPERATOR);
  const window = electron.windows[0]!;
  const close = preventable({});
  window.emit('close', close);
  expect(close.prevented).toBe(true);
  window.destroy();
  expect(seen).toEqual(['lost desk: closed']);
  await shell.open('desk', OPERATOR);
  await shell.stop();
  expect(electron.windows[1]?.destroyed).toBe(true);
  expect(seen).toHaveLength(1);
});

test('a page that crashed, hangs, cannot be loaded or shows something else is lost', async () => {
  const { electron, shell, seen } = await rig();
  await shell.open('stage', PROJECTOR);
  const contents = electron.windows[0]!.webContents;
  contents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 1 });
  contents.touch();
  expect(seen).toHaveLength(1);
  contents.hang();
  contents.touch();
  contents.emit('did-fail-load', {}, -102, 'REFUSED', 'kiosk://stage/', true, 1, 1);
  contents.emit('did-fail-load', {}, -3, 'ABORTED', 'kiosk://stage/', true, 1, 1);
  contents.emit('did-fail-load', {}, -102, 'REFUSED', 'kiosk://stage/x', false, 1, 1);
  contents.emit('did-navigate', {}, 'about:blank', 200, '');
  expect(seen).toEqual([
    'lost stage: page ended: oom',
    'lost stage: does not answer',
    'lost stage: could not be loaded (-102)',
    'lost stage: shows about:blank (200)',
  ]);
  electron.answerWith(401);
  await shell.open('desk', OPERATOR);
  expect(seen.at(-1)).toBe('lost desk: shows kiosk://desk/ (401)');
});

test('a page cannot navigate, redirect, open, download, ask or print its way out', async () => {
  const { electron, shell } = await rig();
  await shell.open('desk', OPERATOR);
  const contents = electron.windows[0]!.webContents;
  const foreign = [
    'https://example.com/',
    'kiosk://console/',
    'kiosk://desk.evil/',
    'file:///etc/passwd',
    'data:text/html,x',
    'javascript:0',
    'about:blank',
    'KIOSK://deskx/',
    '',
  ];
  for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
    for (const url of foreign) {
      const details = preventable({ url });
      contents.emit(event, details);
      expect(`${event} ${url} ${details.prevented}`).toBe(`${event} ${url} true`);
    }
    const own = preventable({ url: 'kiosk://desk/?x=1' });
    contents.emit(event, own);
    expect(own.prevented).toBe(false);
  }
  expect(contents.openHandler?.({} as never)).toEqual({ action: 'deny' });
  for (const event of ['will-attach-webview', 'will-prevent-unload', 'context-menu']) {
    const details = preventable({});
    contents.emit(event, details);
    expect(details.prevented).toBe(true);
  }
});

test('keys that lead out are stopped, F8 and F9 go to the shell once a press, typing goes through', async () => {
  const { electron, shell, seen } = await rig();
  await shell.open('desk', OPERATOR);
  const contents = electron.windows[0]!.webContents;
  const press = (input: Partial<Input>) => {
    const event = preventable({});
    contents.emit('before-input-event', event, {
      type: 'keyDown',
      code: '',
      control: false,
      alt: false,
      shift: false,
      meta: false,
      isAutoRepeat: false,
      ...input,
    });
    return event.prevented;
  };
  expect(press({ key: 'F4', alt: true })).toBe(true);
  expect(press({ key: 'w', code: 'KeyW', control: true })).toBe(true);
  expect(press({ key: 'a', code: 'KeyA' })).toBe(false);
  expect(press({ key: 'F8' })).toBe(true);
  expect(press({ key: 'F8', isAutoRepeat: true })).toBe(true);
  expect(press({ key: 'F9' })).toBe(true);
  expect(press({ key: 'F9', type: 'keyUp' })).toBe(true);
  expect(seen).toEqual(['key F8', 'key F9']);
});

test('every permission is refused but those in the table, and only to our own page', () => {
  const names =
    'clipboard-read display-capture fullscreen geolocation hid idle-detection keyboardLock media mediaKeySystem midi midiSysex notifications openExternal persistent-storage pointerLock screen-wake-lock serial speaker-selection storage-access usb window-management unknown'.split(
      ' ',
    );
  for (const audience of ['stage', 'desk', 'console', 'print'] as const) {
    const session = new FakeSession();
    hardenSession(session.real, audience);
    const page = new FakeContents();
    const granted = (url: string) => {
      page.url = url;
      return names.filter((name) => {
        let asked = false;
        session.request?.(page.real, name as 'media', (answer) => (asked = answer), {} as never);
        const checked = session.check?.(page.real, name as 'media', '', {} as never);
        expect(checked).toBe(asked);
        return asked;
      });
    };
    expect(granted(`kiosk://${audience}/`)).toEqual(
      permissionsOf(audience).toSorted((a, b) => names.indexOf(a) - names.indexOf(b)),
    );
    expect(granted('https://example.com/')).toEqual([]);
    expect(session.device?.({} as never)).toBe(false);
    expect(session.spellcheck).toBe(false);
    const download = preventable({});
    session.emit('will-download', download);
    expect(download.prevented).toBe(true);
  }
  expect((['stage', 'desk', 'console', 'print'] as const).flatMap(permissionsOf)).not.toContain('media');
});

test('a window reaches the kiosk’s scheme and nothing on the network', () => {
  const session = new FakeSession();
  hardenSession(session.real, 'desk');
  const cancelled = (url: string) => {
    let cancel: boolean | undefined;
    const listener = session.beforeRequest as unknown as (
      d: { url: string },
      c: (r: { cancel: boolean }) => void,
    ) => void;
    listener({ url }, (answer) => (cancel = answer.cancel));
    return cancel;
  };
  for (const url of [
    'https://example.com/',
    'http://127.0.0.1:9/',
    'ws://127.0.0.1/',
    'file:///etc/passwd',
    'ftp://h/',
    '',
  ])
    expect(`${url} ${cancelled(url)}`).toBe(`${url} true`);
  for (const url of ['kiosk://desk/api/search', 'blob:kiosk://stage/1', 'data:image/png;base64,'])
    expect(cancelled(url)).toBe(false);
});

test('names a preference that differs, says when it cannot tell, and does not mind what Electron keeps to itself', () => {
  const contents = new FakeContents();
  expect(listWrongPreferences(contents.real)).toBe(null);
  contents.preferences = { sandbox: true, contextIsolation: true, nodeIntegration: false };
  expect(listWrongPreferences(contents.real)).toEqual([]);
  contents.preferences = { ...WEB_PREFERENCES, partition: 'kiosk-desk' };
  expect(listWrongPreferences(contents.real)).toEqual([]);
  contents.preferences = { ...WEB_PREFERENCES, sandbox: false, webviewTag: true };
  expect(listWrongPreferences(contents.real)).toEqual(['sandbox', 'webviewTag']);
  contents.preferences = { sandbox: true };
  expect(listWrongPreferences(contents.real)).toBe(null);
});

test('displays, waking, placing and showing', async () => {
  const { electron, shell, seen } = await rig();
  expect(await shell.displays()).toEqual([
    { ...OPERATOR, id: '0' },
    { ...PROJECTOR, id: '1' },
  ]);
  electron.displays = electron.displays.slice(0, 1);
  electron.screen.emit('display-removed');
  electron.power.emit('resume');
  expect(seen).toEqual(['displays 1', 'woke']);
  await shell.open('stage', PROJECTOR);
  const window = electron.windows[0]!;
  window.calls.length = 0;
  await shell.place('stage', OPERATOR);
  await shell.show('stage');
  expect(window.calls).toEqual(['kiosk false', 'bounds 0,0', 'kiosk true', 'show', 'top', 'focus']);
});

test('keeps the displays on while asked to and lets go at the end', async () => {
  const { electron, shell } = await rig();
  await shell.keepAwake(true);
  await shell.keepAwake(true);
  expect(electron.blockers.size).toBe(1);
  await shell.keepAwake(false);
  expect(electron.blockers.size).toBe(0);
  await shell.keepAwake(true);
  await shell.stop();
  expect(electron.blockers.size).toBe(0);
});

test('prints in a hidden window that is gone afterwards, and refuses a document the core does not serve', async () => {
  const { electron, shell } = await rig();
  const { signal } = new AbortController();
  expect(Buffer.from(await shell.printPdf('/print/abc?x=1', signal)).toString()).toBe('%PDF-1.4');
  const [window] = electron.windows;
  expect(window?.calls).toEqual(['load kiosk://print/abc?x=1']);
  expect(window?.options.webPreferences?.partition).toBe('kiosk-print');
  expect(window?.destroyed).toBe(true);
  electron.answerWith(404);
  await expect(shell.printPdf('/print/none', signal)).rejects.toThrow('404');
  expect(electron.windows[1]?.destroyed).toBe(true);
});

test('a printing that is given up rejects at once and leaves no window', async () => {
  const { electron, shell } = await rig();
  const giveUp = new AbortController();
  const printing = shell.printPdf('/print/endless', giveUp.signal);
  electron.windows[0]!.webContents.hang();
  giveUp.abort();
  await expect(printing).rejects.toThrow('given up');
  expect(electron.windows[0]?.destroyed).toBe(true);
  await expect(shell.printPdf('/print/abc', giveUp.signal)).rejects.toThrow(/abort/);
  expect(electron.windows).toHaveLength(1);
});

test('a page without input that hangs is found by asking it: Electron itself says nothing', async () => {
  const { electron, shell, seen } = await rig();
  await shell.open('stage', PROJECTOR);
  expect(await shell.answers('stage')).toBe(true);
  electron.windows[0]!.webContents.hang();
  const asked = shell.answers('stage').then(() => 'answered');
  const limit = new Promise((resolve) => setTimeout(() => resolve('silent'), 50));
  expect(await Promise.race([asked, limit])).toBe('silent');
  expect(seen).toEqual([]);
  expect(await shell.answers('desk')).toBe(true);
});

test('a window that was moved, shrunk or put away does not fill its display, and placing it puts it right', async () => {
  const { electron, shell, seen } = await rig();
  await shell.open('stage', PROJECTOR);
  const window = electron.windows[0]!;
  expect(await shell.fills('stage', PROJECTOR)).toBe(true);
  expect(await shell.fills('stage', OPERATOR)).toBe(false);
  for (const spoil of [
    () => (window.bounds = { x: 1366, y: 0, width: 1919, height: 1040 }),
    () => (window.kiosk = false),
    () => (window.bounds = { x: 0, y: 0, width: 1920, height: 1080 }),
  ]) {
    spoil();
    expect(await shell.fills('stage', PROJECTOR)).toBe(false);
    await shell.place('stage', PROJECTOR);
    expect(await shell.fills('stage', PROJECTOR)).toBe(true);
  }
  window.minimized = true;
  expect(await shell.fills('stage', PROJECTOR)).toBe(false);
  electron.power.emit('unlock-screen');
  expect(seen).toEqual(['unlocked']);
});

test('a fault that a page reports reaches the shell, and what it only prints does not', async () => {
  const { electron, shell, seen } = await rig();
  await shell.open('desk', OPERATOR);
  const { webContents } = electron.windows[0]!;
  webContents.emit('console-message', { message: 'hello', level: 'error' });
  webContents.emit('console-message', { message: '[kiosk-fault] uncaught Error: x', level: 'error' });
  expect(seen).toEqual(['fault desk: [kiosk-fault] uncaught Error: x']);
});

test('the core as a utility process: messages both ways, its end told, nothing sent to a dead one', () => {
  const posted: unknown[] = [];
  const child = Object.assign(new EventEmitter(), {
    pid: 123,
    postMessage: (message: unknown) => posted.push(message),
  });
  const core = asCoreProcess(child as unknown as UtilityProcess);
  const got: unknown[] = [];
  core.onMessage((message) => got.push(message));
  core.onExit((end) => got.push(end));
  core.send({ type: 'stop' });
  child.emit('message', { type: 'quit' });
  child.emit('exit', 134);
  core.send({ type: 'woke' });
  expect(posted).toEqual([{ type: 'stop' }]);
  expect(got).toEqual([{ type: 'quit' }, { code: 134, signal: null }]);
});
