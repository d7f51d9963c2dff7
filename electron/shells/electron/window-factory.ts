import type { BrowserWindow, BrowserWindowConstructorOptions, WebContents, WebPreferences } from 'electron';
import type { Display } from '../layout.ts';
import type { Audience } from './scheme.ts';

/** Electron's class, given by the one file that imports Electron. */
export type BrowserWindowClass = new (options: BrowserWindowConstructorOptions) => BrowserWindow;

/** What every page of the kiosk runs with. Compared again at run time, because an option can be overridden in many ways. */
export const WEB_PREFERENCES = Object.freeze({
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  devTools: false,
  spellcheck: false,
  navigateOnDragDrop: false,
  disableDialogs: true,
  backgroundThrottling: false,
  autoplayPolicy: 'no-user-gesture-required',
} satisfies WebPreferences);

/** Exit status when a page runs with other preferences (EX_SOFTWARE of sysexits.h). */
export const STATUS_WRONG_PREFERENCES = 70;

/** Name of the in-memory session of an audience; without `persist:` nothing of it reaches the disk. */
export function partitionOf(audience: Audience): string {
  return `kiosk-${audience}`;
}

/** Makes a window; no other place may. A display makes it fill that one; none makes it invisible, for printing. */
export function createWindow(
  BrowserWindow: BrowserWindowClass,
  audience: Audience,
  display: Display | null,
): BrowserWindow {
  return new BrowserWindow({
    ...(display
      ? {
          x: display.left,
          y: display.top,
          width: display.width,
          height: display.height,
          kiosk: true,
          alwaysOnTop: true,
        }
      : { width: 800, height: 1100 }),
    show: false,
    frame: false,
    // Some window managers make no window full screen that may not change its size. A frameless one offers no edge to pull.
    resizable: display !== null,
    minimizable: false,
    maximizable: false,
    closable: false,
    autoHideMenuBar: true,
    backgroundColor: '#101418',
    title: 'Điểm cầu',
    webPreferences: { ...WEB_PREFERENCES, partition: partitionOf(audience) },
  });
}

/** Makes the small window that says why the kiosk did not start. The person at the PC may close it. */
export function createNotice(BrowserWindow: BrowserWindowClass): BrowserWindow {
  return new BrowserWindow({
    width: 820,
    height: 520,
    center: true,
    show: false,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    autoHideMenuBar: true,
    backgroundColor: '#101418',
    title: 'Điểm cầu',
    webPreferences: { ...WEB_PREFERENCES, partition: 'kiosk-notice' },
  });
}

/** Without these being known a comparison says nothing. */
const ESSENTIAL = ['sandbox', 'contextIsolation', 'nodeIntegration'] as const;

/**
 * Names of the preferences a page runs with that are not ours, empty when all is well; null when this Electron does not
 * tell the essential ones. The question is not in Electron's documentation, and some preferences are left out of the answer:
 * those were only ever set by {@link createWindow}.
 */
export function listWrongPreferences(contents: WebContents): string[] | null {
  const ask = (contents as { getLastWebPreferences?: () => WebPreferences | null }).getLastWebPreferences;
  const actual: Record<string, unknown> = { ...ask?.call(contents) };
  if (ESSENTIAL.some((name) => actual[name] === undefined)) return null;
  return Object.entries(WEB_PREFERENCES)
    .filter(([name, value]) => actual[name] !== undefined && actual[name] !== value)
    .map(([name]) => name);
}
