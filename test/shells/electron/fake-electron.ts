import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Rectangle,
  Session,
  WebContents,
  WebPreferences,
} from 'electron';
import type { ElectronPieces } from '../../../electron/shells/electron/electron-shell.ts';

/** The few pieces of Electron that the adapter touches, in memory. Types are Electron's own, so a renamed method fails to compile. */

type Handler = Parameters<Session['protocol']['handle']>[1];

/** A request of a page as Electron carries it: what the page sees of the answer, and what its abort reaches. */
export interface FakeLoad {
  /** Headers and body; rejects on a network error. */
  answer: Promise<{ status: number; headers: Record<string, string>; body: Readable | null }>;
  /**
   * The page gives up. After the headers Electron destroys the body it was given. Before them nothing hears of it: Electron's
   * loader holds the request until the handler answers, and the handler's Request has no signal of it.
   */
  abort(): void;
}

export class FakeSession extends EventEmitter {
  readonly handlers = new Map<string, Handler>();
  /** Loads an address the way `protocol.handle` does: the handler gets a Request made here, its answer becomes a stream. */
  load(url: string, init: RequestInit = {}): FakeLoad {
    const handler = this.handlers.get(new URL(url).protocol.slice(0, -1));
    if (!handler) throw new Error(`nobody handles ${url}`);
    const { signal: _, ...sent } = init;
    let aborted = false;
    let body: Readable | null = null;
    const answer = (async () => {
      const response = await handler(new Request(url, sent));
      if (response.type === 'error') throw new TypeError('Failed to fetch');
      body = response.body ? Readable.fromWeb(response.body as ReadableStream) : null;
      if (aborted) body?.destroy();
      return { status: response.status, headers: Object.fromEntries(response.headers), body };
    })();
    answer.catch(() => {});
    return {
      answer,
      abort() {
        aborted = true;
        body?.on('error', () => {}).destroy();
      },
    };
  }
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
  #hung = false;
  /** Its page runs for ever. Nothing is emitted by that alone. */
  hang(): void {
    this.#hung = true;
  }
  /** Somebody touches the window: Chromium's hang monitor waits for input to be answered, and for nothing else. */
  touch(): void {
    if (this.#hung) this.emit('unresponsive');
  }
  /** Waits for a hung page for ever, as Electron does. */
  executeJavaScript(code: string): Promise<unknown> {
    if (this.#hung) return new Promise(() => {});
    return Promise.resolve(code === '1' ? 1 : true);
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
  kiosk: boolean;
  minimized = false;
  bounds: Rectangle;
  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    this.kiosk = options.kiosk === true;
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.bounds = { x, y, width, height };
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
    this.kiosk = on;
  }
  /** A window in kiosk mode keeps its place. */
  setBounds(bounds: Rectangle): void {
    this.calls.push(`bounds ${bounds.x},${bounds.y}`);
    if (!this.kiosk) this.bounds = { ...bounds };
  }
  getBounds(): Rectangle {
    return { ...this.bounds };
  }
  isKiosk(): boolean {
    return this.kiosk;
  }
  isFullScreen(): boolean {
    return this.kiosk;
  }
  isMinimized(): boolean {
    return this.minimized;
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
    program: { name: 'Electron', version: '45.4.1', chromium: '152.0.0.0', builtAt: null },
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
