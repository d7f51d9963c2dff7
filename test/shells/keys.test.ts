import { expect, test } from 'vitest';
import { isBarredKey } from '../../electron/shells/keys.ts';

const press = (chord: string, code = '') => {
  const parts = chord.split('+');
  const key = parts.at(-1) ?? '';
  const held = (name: string) => parts.slice(0, -1).includes(name);
  return isBarredKey({
    key,
    code: code || (/^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key),
    ctrl: held('Ctrl'),
    alt: held('Alt'),
    shift: held('Shift'),
    meta: held('Meta'),
  });
};

test('bars every chord that opens, closes, prints, searches, zooms, reloads or switches something', () => {
  const chords = [
    ...'ntwphjosufglrdeb'.split('').map((k) => `Ctrl+${k}`),
    ...'ntijcwodbp'.split('').map((k) => `Ctrl+Shift+${k}`),
    ...Array.from({ length: 12 }, (_, i) => `F${i + 1}`),
    ...['+', '-', '0', '1', '9', 'Tab', 'F4', 'Enter', 'PageDown'].map((k) => `Ctrl+${k === '+' ? '=' : k}`),
    ...['F4', 'Home', 'ArrowLeft', 'ArrowRight', 'Tab', 'd', 'e', ' '].map((k) => `Alt+${k}`),
    ...['r', 'l', 'Tab'].map((k) => `Meta+${k}`),
    'Meta',
    'ContextMenu',
    'BrowserBack',
    'BrowserHome',
    'LaunchMail',
    'Shift+Escape',
    'Ctrl+Escape',
    'Ctrl+Shift+Escape',
    'Alt+Escape',
    'Shift+F10',
    'Alt',
    // What no list of forbidden keys would have thought of.
    ...'PrintScreen ScrollLock Pause Help Find Open Save Print New Close Exit ZoomIn ZoomOut ZoomToggle Power Sleep'.split(
      ' ',
    ),
    ...'Hibernate LogOff BrightnessUp MediaPlayPause MediaStop AudioVolumeMute AppSwitch Cancel Props Undo Redo'.split(
      ' ',
    ),
    ...'Settings GoHome Eject WakeUp Attn Execute Select MicrophoneToggle F25'.split(' '),
  ];
  expect(chords.filter((chord) => !press(chord))).toEqual([]);
});

test('leaves what people and card readers type with', () => {
  const chords = [
    'a',
    'Đ',
    'Shift+A',
    '1',
    ' ',
    'Enter',
    'Escape',
    'Tab',
    'Shift+Tab',
    'Backspace',
    'ArrowUp',
    'Process',
    'Dead',
    'Unidentified',
    'Shift',
    'CapsLock',
    'NumLock',
    'AltGraph',
    'PageDown',
    'Shift+Home',
    'Delete',
    '😀',
    '@',
    'Shift+:',
  ];
  const editing = [
    'Ctrl+a',
    'Ctrl+c',
    'Ctrl+v',
    'Ctrl+z',
    'Ctrl+Backspace',
    'Ctrl+ArrowLeft',
    'Ctrl+Alt+q',
    'Ctrl+Control',
  ];
  expect([...chords, ...editing].filter((chord) => press(chord))).toEqual([]);
  expect(press('Alt+1', 'Numpad1')).toBe(false);
  // A scanner's key without a name, and the plus sign.
  const bare = { ctrl: false, alt: false, shift: false, meta: false };
  expect(isBarredKey({ key: '', code: 'KeyA', ...bare })).toBe(false);
  expect(isBarredKey({ key: '+', code: 'Equal', ...bare })).toBe(false);
});
