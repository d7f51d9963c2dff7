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
 * Whether a key is kept from the browser. Only what people and card readers type with is let through: characters, the keys
 * that move and delete, Enter, Tab and Escape, and with Ctrl the editing keys of a text field; whatever else a browser or a
 * keyboard has (menus, task manager, zoom, media and launch keys, those of tomorrow) leads out. AltGr (Ctrl+Alt with a
 * character) and Alt with the digit block write letters. Self-contained: its text also runs inside the pages.
 */
export function isBarredKey(press: KeyPress): boolean {
  const editing = 'KeyA KeyC KeyV KeyX KeyZ KeyY ArrowLeft ArrowRight Backspace Delete Home End'.split(' ');
  const typing =
    'Enter Tab Escape Backspace Delete Insert ArrowLeft ArrowRight ArrowUp ArrowDown Home End PageUp PageDown'.split(
      ' ',
    );
  // Dead keys and input methods name no character; a scanner's key may have no name at all.
  const composing = ['Dead', 'Process', 'Compose', 'Unidentified', ''];
  const modifiers = ['Shift', 'Control', 'AltGraph', 'CapsLock', 'NumLock'];
  const isCharacter = Array.from(press.key).length === 1;
  if (press.meta) return true;
  if (press.alt) return !press.code.startsWith('Numpad') && !(press.ctrl && isCharacter) && press.key !== 'AltGraph';
  if (press.ctrl) return press.key !== 'Control' && (press.shift || !editing.includes(press.code));
  // Chromium's task manager could end the stage.
  if (press.shift && press.key === 'Escape') return true;
  return !isCharacter && ![...typing, ...composing, ...modifiers].includes(press.key);
}
