/** Keys that the page reports to the shell, by the name of the binding below. */
export const KEY_BINDING = 'kioskKey';

/**
 * Runs in every document before its own scripts: keeps keys, menus, drops and dialogs from leaving the kiosk, and hands
 * F8 and F9 to the shell. It must be self-contained, its text is sent to the browser.
 */
function guard(this: void, binding: string): void {
  const w = globalThis as unknown as Record<string, unknown> & {
    addEventListener(type: string, listener: (event: GuardedEvent) => void, options: object): void;
  };
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
  const report = w[binding] as ((payload: string) => void) | undefined;
  Reflect.deleteProperty(w, binding);
  // Editing keys of a text field are all that Ctrl may be pressed for.
  const editing = new Set([
    'KeyA',
    'KeyC',
    'KeyV',
    'KeyX',
    'KeyZ',
    'KeyY',
    'ArrowLeft',
    'ArrowRight',
    'Backspace',
    'Delete',
    'Home',
    'End',
  ]);
  const barred = (e: GuardedEvent) => {
    if (/^F([1-9]|1[0-9]|2[0-4])$/.test(e.key)) return true;
    if (
      e.metaKey ||
      e.key === 'Meta' ||
      e.key === 'ContextMenu' ||
      e.key.startsWith('Browser') ||
      e.key.startsWith('Launch')
    )
      return true;
    // AltGr writes letters, and card readers type letters as Alt with the digit block.
    if (e.altKey && !e.code.startsWith('Numpad') && !(e.ctrlKey && e.key.length === 1)) return true;
    return e.ctrlKey && !e.altKey && (e.shiftKey || !editing.has(e.code));
  };
  const options = { capture: true, passive: false };
  w.addEventListener(
    'keydown',
    (e) => {
      if (!barred(e)) return;
      e.preventDefault();
      if (e.key === 'F8' || e.key === 'F9') {
        e.stopImmediatePropagation();
        if (!e.repeat) report?.(e.key);
      }
    },
    options,
  );
  for (const type of ['contextmenu', 'dragover', 'dragstart', 'drop'])
    w.addEventListener(type, (e) => e.preventDefault(), options);
  // Links and middle clicks that would open another window.
  const link = (e: GuardedEvent) => {
    const target = e.target as { closest?: (selector: string) => unknown } | null;
    if (e.button !== 0 || e.ctrlKey || e.shiftKey || target?.closest?.('a[target], a[download]')) e.preventDefault();
  };
  w.addEventListener('click', link, options);
  w.addEventListener('auxclick', link, options);
  // Zoom by Ctrl and the wheel.
  w.addEventListener(
    'wheel',
    (e) => {
      if (e.ctrlKey) e.preventDefault();
    },
    options,
  );
  for (const [name, value] of [
    ['open', () => null],
    ['print', () => undefined],
    ['alert', () => undefined],
    ['confirm', () => false],
    ['prompt', () => null],
  ] as const)
    Object.defineProperty(w, name, { value, writable: false, configurable: false });
}

/** The guard as text for `Page.addScriptToEvaluateOnNewDocument`. */
export const PAGE_GUARD = `(${guard.toString()})(${JSON.stringify(KEY_BINDING)});`;
