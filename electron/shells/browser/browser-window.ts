import type { Browser, BrowserContext, CDPSession, Page } from 'puppeteer-core';
import { PAGE_FAULT_MARK } from '../../contract/page-signs.ts';
import { TOKEN_COOKIE, WINDOW_PERMISSIONS, type WindowPermission, type WindowRole } from '../../contract/shell.ts';
import type { Display, ShellKey } from '../layout.ts';
import type { CoreAddress } from '../shell.ts';
import { KEY_BINDING, PAGE_GUARD } from './page-guard.ts';

/** The browser's names; what is not granted it refuses without asking. */
const PERMISSION_NAMES: Record<WindowPermission, 'wakeLockScreen' | 'speakerSelection'> = {
  keep_awake: 'wakeLockScreen',
  choose_loudspeaker: 'speakerSelection',
};

/** Window managers round and leave borders of this many pixels. */
const SLACK_PX = 2;

export interface WindowEvents {
  lost(why: string): void;
  key(key: ShellKey): void;
  fault(text: string): void;
}

/** One kiosk window with a cookie jar of its own. */
export interface BrowserWindow {
  readonly page: Page;
  place(display: Display): Promise<void>;
  show(): Promise<void>;
  /** Whether it is full screen on this display, give or take {@link SLACK_PX}. */
  fills(display: Display): Promise<boolean>;
  answers(): Promise<boolean>;
  close(): Promise<void>;
}

export interface WindowOptions {
  browser: Browser;
  role: WindowRole;
  core: CoreAddress;
  display: Display;
  events: WindowEvents;
}

/** The address of a window. */
function windowUrl(port: number, role: WindowRole): string {
  return `http://127.0.0.1:${port}/${role}/`;
}

/**
 * Opens a full-screen window in a browser context of its own, so that no window can use another one's token, and loads its
 * page. Rejects when the page cannot be loaded; then nothing stays open.
 */
export async function openBrowserWindow(options: WindowOptions): Promise<BrowserWindow> {
  const { browser, role, core, display } = options;
  const context = await browser.createBrowserContext();
  try {
    return await openIn(context, options);
  } catch (error) {
    await context.close().catch(() => {});
    throw new Error(`${role} on ${display.width}x${display.height}, port ${core.port}: ${String(error)}`, {
      cause: error,
    });
  }
}

async function openIn(context: BrowserContext, options: WindowOptions): Promise<BrowserWindow> {
  const { browser, role, core, display, events } = options;
  const address = windowUrl(core.port, role);
  await context.setCookie({
    name: TOKEN_COOKIE,
    value: core.tokens[role],
    domain: '127.0.0.1',
    // Keeps it from the other windows' routes as well.
    path: `/${role}/`,
    httpOnly: true,
    sameSite: 'Strict',
    secure: false,
  });
  const { left, top, width, height } = display;
  const page = await context.newPage({ type: 'window', windowBounds: { left, top, width, height } });
  const windowId = await page.windowId();
  const session = await page.createCDPSession();

  let closed = false;
  const lost = (why: string) => {
    if (closed) return;
    closed = true;
    events.lost(why);
  };
  page.once('close', () => lost('closed'));
  session.on('Inspector.targetCrashed', () => lost('crashed'));
  page.on('error', () => lost('crashed'));
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => {}));

  await browser.setWindowBounds(windowId, { windowState: 'fullscreen' });
  await guardPage(session, events);
  await guardNavigation(session, address, lost);
  if (context.id !== undefined)
    await session.send('Browser.grantPermissions', {
      permissions: WINDOW_PERMISSIONS[role].map((p) => PERMISSION_NAMES[p]),
      browserContextId: context.id,
    });
  await page.goto(address, { waitUntil: 'domcontentloaded' });
  // Nothing lies behind the page: on Windows the system itself handles a mouse's button for back.
  await session.send('Page.resetNavigationHistory');

  return {
    page,
    async place(to) {
      // A full-screen window ignores a new position.
      await browser.setWindowBounds(windowId, { windowState: 'normal' });
      await browser.setWindowBounds(windowId, { left: to.left, top: to.top, width: to.width, height: to.height });
      await browser.setWindowBounds(windowId, { windowState: 'fullscreen' });
    },
    show: () => page.bringToFront(),
    async fills({ left, top, width, height }) {
      const now = await browser.getWindowBounds(windowId);
      const near = (is: number | undefined, wanted: number) => Math.abs((is ?? 0) - wanted) <= SLACK_PX;
      const placed = near(now.left, left) && near(now.top, top) && near(now.width, width) && near(now.height, height);
      return now.windowState === 'fullscreen' && placed;
    },
    async answers() {
      const answer = await session.send('Runtime.evaluate', { expression: '1', returnByValue: true });
      return answer.result.value === 1;
    },
    async close() {
      closed = true;
      await context.close();
    },
  };
}

async function guardPage(session: CDPSession, events: WindowEvents): Promise<void> {
  session.on('Runtime.consoleAPICalled', ({ args }) => {
    const text: unknown = args[0]?.value;
    if (typeof text === 'string' && text.startsWith(PAGE_FAULT_MARK)) events.fault(text);
  });
  session.on('Runtime.bindingCalled', ({ name, payload }) => {
    if (name === KEY_BINDING && (payload === 'F8' || payload === 'F9')) events.key(payload);
  });
  await session.send('Runtime.enable');
  await session.send('Runtime.addBinding', { name: KEY_BINDING });
  await session.send('Page.enable');
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source: PAGE_GUARD });
}

/** Lets the window load its own page and nothing else: a refused navigation leaves the page as it is. */
async function guardNavigation(session: CDPSession, address: string, lost: (why: string) => void): Promise<void> {
  session.on('Fetch.requestPaused', ({ requestId, request }) => {
    const own = new URL(request.url).href.startsWith(address);
    const answer = own
      ? session.send('Fetch.continueRequest', { requestId })
      : session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
    answer.catch(() => {});
  });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*', resourceType: 'Document' }] });
  // What never asks the network (about:blank, an error page) is seen here.
  session.on('Page.frameNavigated', ({ frame }) => {
    if (frame.parentId === undefined && !frame.url.startsWith(address) && frame.url !== 'about:blank')
      lost(`shows ${new URL(frame.url).protocol}`);
    else if (frame.parentId === undefined && frame.url === 'about:blank' && frame.loaderId !== '')
      lost('shows a blank page');
  });
}
