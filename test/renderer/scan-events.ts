import type { ScanKey } from '../../renderer/ui/scan-keys.ts';

/**
 * A keyboard-wedge scanner and the input method it types through, as key events. Behaviours are those reported for
 * UniKey-like programs, input methods of the system and the Vietnamese keyboard layout.
 */

export type WedgeMode =
  /** Letters beyond ASCII are dropped. */
  | 'drop'
  /** Typed as a Unicode packet: an event without a code. */
  | 'packet'
  /** UTF-8 bytes from 128 typed with Alt and the number pad. */
  | 'alt_bytes'
  /** Every character typed with Alt and the number pad. */
  | 'alt_all'
  /** UTF-8 bytes from 128 typed as four plain digits. */
  | 'decimal_bytes'
  /** Code points typed as plain digits. */
  | 'decimal_points';

export type InputMethod =
  | 'none'
  /** Rewrites words: eats a mark key, sends Backspaces and packets. */
  | 'unikey_telex'
  | 'unikey_vni'
  /** `key` says Process for every key. */
  | 'process'
  /** Vietnamese layout: `key` is a letter or a dead key where `code` says a digit. */
  | 'vietnamese_layout';

export interface WedgeOptions {
  mode: WedgeMode;
  inputMethod: InputMethod;
  /** Milliseconds between two events, drawn for each. */
  pause: () => number;
  suffix: 'Enter' | 'NumpadEnter' | 'Tab' | 'silence';
  startAt: number;
  /** Deliver keyup events of Alt. */
  hasKeyup?: boolean;
}

export type WedgeEvent = { type: 'press'; event: ScanKey } | { type: 'release'; code: string };

const SHIFT_SIGNS: Record<string, string> = {
  ')': 'Digit0',
  '!': 'Digit1',
  '@': 'Digit2',
  '#': 'Digit3',
  $: 'Digit4',
  '%': 'Digit5',
  '^': 'Digit6',
  '&': 'Digit7',
  '*': 'Digit8',
  '(': 'Digit9',
  _: 'Minus',
  '+': 'Equal',
  '{': 'BracketLeft',
  '}': 'BracketRight',
  '|': 'Backslash',
  ':': 'Semicolon',
  '"': 'Quote',
  '~': 'Backquote',
  '<': 'Comma',
  '>': 'Period',
  '?': 'Slash',
};
const SIGNS: Record<string, string> = {
  '-': 'Minus',
  '=': 'Equal',
  '[': 'BracketLeft',
  ']': 'BracketRight',
  '\\': 'Backslash',
  ';': 'Semicolon',
  "'": 'Quote',
  '`': 'Backquote',
  ',': 'Comma',
  '.': 'Period',
  '/': 'Slash',
  ' ': 'Space',
};
const LAYOUT_KEYS = ['đ', 'ă', 'â', 'ê', 'ô', 'Dead', 'Dead', 'Dead', 'Dead', 'Dead'];

function codeOf(char: string): { code: string; shiftKey: boolean } | null {
  if (/[0-9]/.test(char)) return { code: `Digit${char}`, shiftKey: false };
  if (/[a-z]/.test(char)) return { code: `Key${char.toUpperCase()}`, shiftKey: false };
  if (/[A-Z]/.test(char)) return { code: `Key${char}`, shiftKey: true };
  const shifted = SHIFT_SIGNS[char];
  if (shifted) return { code: shifted, shiftKey: true };
  const plain = SIGNS[char];
  return plain ? { code: plain, shiftKey: false } : null;
}

/** Events of one scan of `text`. */
export function typeScan(text: string, options: WedgeOptions): WedgeEvent[] {
  const events: WedgeEvent[] = [];
  let now = options.startAt;
  const press = (code: string, key: string, shiftKey = false, altKey = false): void => {
    now += options.pause();
    const shown = options.inputMethod === 'process' ? 'Process' : key;
    events.push({ type: 'press', event: { code, key: shown, shiftKey, altKey, timeStamp: now } });
  };
  const alt = (digits: string): void => {
    press('AltLeft', 'Alt', false, true);
    for (const digit of digits) press(`Numpad${digit}`, digit, false, true);
    if (options.hasKeyup) events.push({ type: 'release', code: 'AltLeft' });
  };
  let word = '';
  const ascii = (char: string): void => {
    const typed = codeOf(char);
    if (!typed) throw new Error(`no key for ${char}`);
    if (options.inputMethod === 'unikey_telex' && /[sfrxjw]/i.test(char) && /[aeiouy]/i.test(word)) {
      // The mark key is eaten; the word is erased and sent again.
      for (let i = 0; i < Math.min(3, word.length); i++) press('Backspace', 'Backspace');
      for (const letter of word.slice(-3)) press('', `${letter}\u0301`);
      return;
    }
    if (options.inputMethod === 'unikey_vni' && /[1-5]/.test(char) && /[aeiouy]$/i.test(word)) {
      press('Backspace', 'Backspace');
      press('', 'á');
      return;
    }
    if (typed.shiftKey) press('ShiftLeft', 'Shift', true);
    const digit = /^Digit(\d)$/.exec(typed.code)?.[1];
    const isLayout = options.inputMethod === 'vietnamese_layout' && digit !== undefined && !typed.shiftKey;
    press(typed.code, isLayout ? (LAYOUT_KEYS[Number(digit)] ?? char) : char, typed.shiftKey);
    word = /[A-Za-z]/.test(char) ? word + char : '';
  };
  for (const char of text) {
    const isAscii = char >= ' ' && char <= '~';
    if (options.mode === 'alt_all' && isAscii) alt(`0${char.charCodeAt(0).toString().padStart(3, '0')}`);
    else if (isAscii) ascii(char);
    else if (options.mode === 'packet') press('', char);
    else if (options.mode === 'decimal_points') for (const digit of String(char.codePointAt(0))) ascii(digit);
    else if (options.mode !== 'drop') {
      for (const byte of Buffer.from(char, 'utf8')) {
        if (options.mode === 'decimal_bytes') for (const digit of String(byte).padStart(4, '0')) ascii(digit);
        else alt(`0${byte}`);
      }
    }
  }
  if (options.suffix !== 'silence') press(options.suffix, options.suffix);
  return events;
}
