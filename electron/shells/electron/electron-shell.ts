import type { PowerMonitor, PowerSaveBlocker, Screen, Session } from 'electron';
import type { ShellFacts, WindowRole } from '../../contract/shell.ts';
import type { Display } from '../layout.ts';
import type { CoreAddress, Shell, ShellEvents } from '../shell.ts';
import { guardContents, holdOpen } from './guard.ts';
import { hardenSession } from './permissions.ts';
import { audienceUrl, createForwarder, SCHEME } from './scheme.ts';
import type { Audience } from './scheme.ts';
import { createWindow, partitionOf } from './window-factory.ts';
import type { BrowserWindowClass } from './window-factory.ts';

/** The parts of Electron that the shell uses; the one file that imports Electron hands them in. */
export interface ElectronPieces {
  BrowserWindow: BrowserWindowClass;
  screen: Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay' | 'on'>;
  powerMonitor: Pick<PowerMonitor, 'on'>;
  powerSaveBlocker: Pick<PowerSaveBlocker, 'start' | 'stop'>;
  sessionOf: (partition: string) => Session;
  /** Electron's own version and age, as the checks show them. */
  program: ShellFacts['program'];
}

type KioskWindow = ReturnType<typeof createWindow>;

/** A window, and how to let it go. */
interface Held {
  window: KioskWindow;
  release: () => void;
}

/** Systems round bounds on scaled displays by this many pixels. */
const SLACK_PX = 2;

async function printIn(window: KioskWindow, path: string): Promise<Uint8Array> {
  let failure: string | null = null;
  const lost = (why: string) => (failure ??= why);
  guardContents(window.webContents, 'print', { lost, key: () => {}, fault: () => {} });
  await window.loadURL(audienceUrl('print', path.replace(/^\/print/, '')));
  if (failure !== null) throw new Error(`the document ${String(failure)}`);
  await window.webContents.executeJavaScript('document.fonts.ready.then(() => true)');
  return window.webContents.printToPDF({ preferCSSPageSize: true, printBackground: true });
}

/** The shell on Electron. Made once per launch, after Electron is ready. */
export function createElectronShell(pieces: ElectronPieces): Shell {
  const windows = new Map<WindowRole, Held>();
  const prepared = new Set<Audience>();
  let core: CoreAddress | null = null;
  let events: ShellEvents | null = null;
  let awake: number | null = null;

  function listDisplays(): Display[] {
    const primary = pieces.screen.getPrimaryDisplay().id;
    return pieces.screen.getAllDisplays().map(({ id, bounds, scaleFactor, label }) => ({
      id: String(id),
      primary: id === primary,
      left: bounds.x,
      top: bounds.y,
      width: bounds.width,
      height: bounds.height,
      scale: scaleFactor,
      label,
    }));
  }

  /** One session per audience: its own scheme handler and nothing shared. */
  function prepare(audience: Audience): void {
    if (prepared.has(audience)) return;
    prepared.add(audience);
    const session = pieces.sessionOf(partitionOf(audience));
    hardenSession(session, audience);
    session.protocol.handle(
      SCHEME,
      createForwarder(audience, () => core),
    );
  }

  function release(role: WindowRole): void {
    const held = windows.get(role);
    windows.delete(role);
    held?.release();
  }

  return {
    kind: 'electron',
    async start(sink) {
      if (events) {
        events = sink;
        return;
      }
      events = sink;
      const changed = () => events?.displaysChanged(listDisplays());
      pieces.screen.on('display-added', changed);
      pieces.screen.on('display-removed', changed);
      pieces.screen.on('display-metrics-changed', changed);
      pieces.powerMonitor.on('resume', () => events?.woke());
      pieces.powerMonitor.on('unlock-screen', () => events?.unlocked());
    },
    connect(address) {
      core = address;
    },
    async open(role, display) {
      release(role);
      prepare(role);
      const window = createWindow(pieces.BrowserWindow, role, display);
      const lost = (why: string) => {
        if (windows.get(role)?.window === window) events?.windowLost(role, why);
      };
      windows.set(role, { window, release: holdOpen(window, () => lost('closed')) });
      guardContents(window.webContents, role, {
        lost,
        key: (key) => events?.key(key),
        fault: (text) => events?.pageFault(role, text),
      });
      await window.loadURL(audienceUrl(role));
      window.show();
    },
    async close(role) {
      release(role);
    },
    async place(role, display) {
      const window = windows.get(role)?.window;
      if (!window) return;
      // A window in kiosk mode keeps its place.
      window.setKiosk(false);
      window.setBounds({ x: display.left, y: display.top, width: display.width, height: display.height });
      window.setKiosk(true);
    },
    async show(role) {
      const window = windows.get(role)?.window;
      if (!window) return;
      window.show();
      window.moveTop();
      window.focus();
    },
    async fills(role, { left, top, width, height }) {
      const window = windows.get(role)?.window;
      if (!window || window.isDestroyed()) return true;
      const now = window.getBounds();
      const near = (is: number, wanted: number) => Math.abs(is - wanted) <= SLACK_PX;
      const placed = near(now.x, left) && near(now.y, top) && near(now.width, width) && near(now.height, height);
      return placed && !window.isMinimized() && (window.isKiosk() || window.isFullScreen());
    },
    async answers(role) {
      const window = windows.get(role)?.window;
      if (!window || window.isDestroyed()) return true;
      // `unresponsive` comes for unanswered input only. A page that hangs never settles this; the caller limits the wait.
      return (await window.webContents.executeJavaScript('1')) === 1;
    },
    async printPdf(path, signal) {
      signal.throwIfAborted();
      prepare('print');
      const window = createWindow(pieces.BrowserWindow, 'print', null);
      // What waits for the page of a destroyed window may never settle, so the end does not wait for it.
      const givenUp = new Promise<never>((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(new Error('printing was given up')), { once: true }),
      );
      givenUp.catch(() => {});
      try {
        return await Promise.race([printIn(window, path), givenUp]);
      } finally {
        window.destroy();
      }
    },
    async keepAwake(on) {
      if (on && awake === null) awake = pieces.powerSaveBlocker.start('prevent-display-sleep');
      else if (!on && awake !== null) {
        pieces.powerSaveBlocker.stop(awake);
        awake = null;
      }
    },
    displays: async () => listDisplays(),
    program: async () => pieces.program,
    // Electron itself knows whether one of its windows has the keyboard, and not what has it instead.
    front: async () => {
      const isOurs = [...windows.values()].some(({ window }) => !window.isDestroyed() && window.isFocused());
      return { front: isOurs ? 'ours' : 'other', frontName: null };
    },
    async stop() {
      if (awake !== null) pieces.powerSaveBlocker.stop(awake);
      awake = null;
      for (const role of windows.keys()) release(role);
    },
  };
}
