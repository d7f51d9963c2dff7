import { EventEmitter } from 'node:events';
import type { BrowserWindow, BrowserWindowConstructorOptions, Session, WebContents, WebPreferences } from 'electron';
import type { ElectronPieces } from '../../../electron/shells/electron/electron-shell.ts';

/** The few pieces of Electron that the adapter touches, in memory. Types are Electron's own, so a renamed method fails to compile. */

type Handler = Parameters<Session['protocol']['handle']>[1];

export class FakeSession extends EventEmitter {
  readonly handlers = new Map<string, Handler>();
  request: Parameters<Session['setPermissionRequestHandler']>[0] = null;
  check: Parameters<Session['setPermissionCheckHandler']>[0] = null;
  device: Parameters<Session['setDevicePermissionHandler']>[0] = null;
  spellcheck = true;
  beforeRequest: Parameters<Session['webRequest']['onBeforeRequest']>[0] | null = null;
  readonly protocol = { handle: (scheme: string, handler: Handler) => this.handlers.set(scheme, handler) };
  readonly webRequest = {
    onBeforeRequest: (listener: NonNullable<typeof this.beforeRequest>) => (this.beforeRequest = listener),
  };
  setPermissionRequestHandler(handler: typeof this.request): void {
    this.request = handler;
  }
  setPermissionCheckHandler(handler: typeof this.check): void {
    this.check = handler;
  }
  setDevicePermissionHandler(handler: typeof this.device): void {
    this.device = handler;
  }
  setDisplayMediaRequestHandler(): void {}
  setBluetoothPairingHandler(): void {}
  setUSBProtectedClassesHandler(): void {}
  setSpellCheckerEnabled(on: boolean): void {
    this.spellcheck = on;
  }
  get real(): Session {
    return this as unknown as Session;
  }
}

export class FakeContents extends EventEmitter {
  url = '';
  openHandler: Parameters<WebContents['setWindowOpenHandler']>[0] | null = null;
  preferences: WebPreferences | null = null;
  setWindowOpenHandler(handler: NonNullable<typeof this.openHandler>): void {
    this.openHandler = handler;
  }
  getURL(): string {
    return this.url;
  }
  getLastWebPreferences(): WebPreferences | null {
    return this.preferences;
  }
  async executeJavaScript(): Promise<boolean> {
    return true;
  }
  async printToPDF(): Promise<Buffer> {
    return Buffer.from('%PDF-1.4');
  }
  get real(): WebContents {
    return this as unknown as WebContents;
  }
}

/** An event that remembers whether it was prevented. */
export function preventable<T extends object>(fields: T): T & { prevented: boolean; preventDefault(): void } {
  const event = { ...fields, prevented: false, preventDefault: () => void (event.prevented = true) };
  return event;
}

export class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents();
  readonly options: BrowserWindowConstructorOptions;
  readonly calls: string[] = [];
  destroyed = false;
  status = 200;
  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
  }
  async loadURL(url: string): Promise<void> {
    this.webContents.url = url;
    this.calls.push(`load ${url}`);
    this.webContents.emit('did-navigate', {}, url, this.status, '');
  }
  show(): void {
    this.calls.push('show');
  }
  moveTop(): void {
    this.calls.push('top');
  }
  focus(): void {
    this.calls.push('focus');
  }
  setKiosk(on: boolean): void {
    this.calls.push(`kiosk ${on}`);
  }
  setBounds(bounds: { x?: number; y?: number }): void {
    this.calls.push(`bounds ${bounds.x},${bounds.y}`);
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  destroy(): void {
    this.destroyed = true;
    this.emit('closed');
  }
}

export interface FakeElectron {
  pieces: ElectronPieces;
  windows: FakeWindow[];
  sessions: Map<string, FakeSession>;
  screen: EventEmitter;
  power: EventEmitter;
  blockers: Set<number>;
  /** Bounds of the connected displays; the first is the primary one. */
  displays: { x: number; y: number; width: number; height: number }[];
  /** Status that documents answer with from now on. */
  answerWith: (status: number) => void;
}

export function createFakeElectron(): FakeElectron {
  const windows: FakeWindow[] = [];
  const sessions = new Map<string, FakeSession>();
  const screen = new EventEmitter();
  const power = new EventEmitter();
  const blockers = new Set<number>();
  let status = 200;
  const fake = {
    windows,
    sessions,
    screen,
    power,
    blockers,
    answerWith: (to: number) => (status = to),
    displays: [
      { x: 0, y: 0, width: 1366, height: 768 },
      { x: 1366, y: 0, width: 1920, height: 1080 },
    ],
  };
  const list = () => fake.displays.map((bounds, id) => ({ id, bounds }));
  const BrowserWindowClass = function create(options: BrowserWindowConstructorOptions) {
    const window = new FakeWindow(options);
    window.status = status;
    windows.push(window);
    return window;
  };
  const pieces = {
    BrowserWindow: BrowserWindowClass as unknown as new (options: BrowserWindowConstructorOptions) => BrowserWindow,
    screen: Object.assign(screen, { getAllDisplays: list, getPrimaryDisplay: () => list()[0] }),
    powerMonitor: power,
    powerSaveBlocker: {
      start: () => {
        blockers.add(7);
        return 7;
      },
      stop: (id: number) => blockers.delete(id),
    },
    sessionOf: (partition: string) => {
      const session = sessions.get(partition) ?? new FakeSession();
      sessions.set(partition, session);
      return session.real;
    },
  } as unknown as ElectronPieces;
  return {
    ...fake,
    pieces,
    get displays() {
      return fake.displays;
    },
    set displays(d) {
      fake.displays = d;
    },
  };
}
