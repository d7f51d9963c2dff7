import type { BrowserWindow, WebContents } from 'electron';
import { PAGE_FAULT_MARK } from '../../contract/page-signs.ts';
import { isBarredKey } from '../keys.ts';
import type { ShellKey } from '../layout.ts';
import { isOwnUrl } from './scheme.ts';
import type { Audience } from './scheme.ts';

export interface GuardEvents {
  lost(why: string): void;
  key(key: ShellKey): void;
  fault(text: string): void;
}

/** Keeps one page on its own address, without other windows, menus, dialogs or keys that lead out. */
export function guardContents(contents: WebContents, audience: Audience, events: GuardEvents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (details) => {
    if (!isOwnUrl(audience, details.url)) details.preventDefault();
  });
  contents.on('will-frame-navigate', (details) => {
    if (!isOwnUrl(audience, details.url)) details.preventDefault();
  });
  contents.on('will-redirect', (details) => {
    if (!isOwnUrl(audience, details.url)) details.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  // A page that would rather stay is closed all the same: here, to prevent means to unload.
  contents.on('will-prevent-unload', (event) => event.preventDefault());
  contents.on('context-menu', (event) => event.preventDefault());
  contents.on('before-input-event', (event, input) => {
    const { key, code, control, alt, shift, meta } = input;
    if (!isBarredKey({ key, code, ctrl: control, alt, shift, meta })) return;
    event.preventDefault();
    if ((key === 'F8' || key === 'F9') && input.type === 'keyDown' && !input.isAutoRepeat) events.key(key);
  });
  contents.on('render-process-gone', (_event, { reason }) => events.lost(`page ended: ${reason}`));
  contents.on('console-message', ({ message }) => {
    if (message.startsWith(PAGE_FAULT_MARK)) events.fault(message);
  });
  // Comes for input that is not answered, sooner than our own question; a page without input is asked by the keeper.
  contents.on('unresponsive', () => events.lost('does not answer'));
  contents.on('did-fail-load', (_event, code, _description, _address, isMainFrame) => {
    // -3 is a load that was given up for another one.
    if (isMainFrame && code !== -3) events.lost(`could not be loaded (${code})`);
  });
  contents.on('did-navigate', (_event, address, status) => {
    if (!isOwnUrl(audience, address) || status >= 400) events.lost(`shows ${address} (${status})`);
  });
}

/** Refuses to close the window, until the answer is called: then it is gone for good. */
export function holdOpen(window: BrowserWindow, onClosed: () => void): () => void {
  let released = false;
  window.on('close', (event) => {
    if (!released) event.preventDefault();
  });
  window.once('closed', () => {
    if (!released) onClosed();
  });
  return () => {
    released = true;
    if (!window.isDestroyed()) window.destroy();
  };
}
