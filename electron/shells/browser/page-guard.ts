import { isBarredKey } from '../keys.ts';
import type { KeyPress } from '../keys.ts';

/** Name under which a page reports F8 and F9 to the shell. */
export const KEY_BINDING = 'kioskKey';

interface GuardedEvent {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  repeat: boolean;
  button: number;
  target: unknown;
  preventDefault(): void;
  stopImmediatePropagation(): void;
}

interface GuardedPage {
  [name: string]: unknown;
  addEventListener(type: string, listener: (event: GuardedEvent) => void, options: object): void;
}

/**
 * Runs in every document before its own scripts: keeps keys, menus, drops, dialogs and new windows from leaving the kiosk,
 * and hands F8 and F9 to the shell. Self-contained: its text is sent to the browser.
 */
function guard(binding: string, barred: (press: KeyPress) => boolean): void {
  const page = globalThis as unknown as GuardedPage;
  const report = page[binding] as ((payload: string) => void) | undefined;
  Reflect.deleteProperty(page, binding);
  const options = { capture: true, passive: false };
  const on = (types: string[], listener: (event: GuardedEvent) => void) => {
    for (const type of types) page.addEventListener(type, listener, options);
  };
  on(['keydown'], (e) => {
    if (!barred({ key: e.key, code: e.code, ctrl: e.ctrlKey, alt: e.altKey, shift: e.shiftKey, meta: e.metaKey }))
      return;
    e.preventDefault();
    if (e.key !== 'F8' && e.key !== 'F9') return;
    e.stopImmediatePropagation();
    if (!e.repeat) report?.(e.key);
  });
  on(['contextmenu', 'dragover', 'dragstart', 'drop'], (e) => e.preventDefault());
  // The buttons for back and forward of a mouse.
  on(['mousedown', 'mouseup'], (e) => {
    if (e.button > 2) e.preventDefault();
  });
  on(['wheel'], (e) => {
    if (e.ctrlKey) e.preventDefault();
  });
  on(['click', 'auxclick'], (e) => {
    const target = e.target as { closest?: (selector: string) => unknown } | null;
    if (e.button !== 0 || e.ctrlKey || e.shiftKey || target?.closest?.('a[target], a[download]')) e.preventDefault();
  });
  const nothing = { open: null, print: undefined, alert: undefined, confirm: false, prompt: null };
  for (const [name, answer] of Object.entries(nothing))
    Object.defineProperty(page, name, { value: () => answer, writable: false, configurable: false });
}

/** The guard as text for `Page.addScriptToEvaluateOnNewDocument`. */
export const PAGE_GUARD = `(${guard.toString()})(${JSON.stringify(KEY_BINDING)}, ${isBarredKey.toString()});`;
