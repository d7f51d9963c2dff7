/** A key press, in the words that a page's event and Electron's input share. */
export interface KeyPress {
  key: string;
  /** Physical key: `KeyA`, `Numpad1`, … */
  code: string;
  ctrl: boolean;
  alt: boolean;
  shift: boolean;
  meta: boolean;
}

/**
 * Whether a key could leave the kiosk: function keys, the system keys, Alt with anything, and Ctrl with anything but the
 * editing keys of a text field. AltGr (Ctrl+Alt with a letter) and Alt with the digit block stay, because keyboards and
 * card readers write letters with them. Self-contained: its text also runs inside the pages.
 */
export function isBarredKey(press: KeyPress): boolean {
  const editing = 'KeyA KeyC KeyV KeyX KeyZ KeyY ArrowLeft ArrowRight Backspace Delete Home End'.split(' ');
  if (/^F([1-9]|1[0-9]|2[0-4])$/.test(press.key) || /^(Meta|ContextMenu|Browser.*|Launch.*)$/.test(press.key))
    return true;
  if (press.meta) return true;
  if (press.alt && !press.code.startsWith('Numpad') && !(press.ctrl && press.key.length === 1)) return true;
  return press.ctrl && !press.alt && press.key !== 'Control' && (press.shift || !editing.includes(press.code));
}
