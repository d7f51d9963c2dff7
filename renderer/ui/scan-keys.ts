/**
 * Puts key events of a keyboard-wedge scanner together into scans. Pure and without dependencies, for windows and tests.
 *
 * `code` and `shiftKey` are read, as on the US layout scanners emulate: `key` depends on the keyboard layout (the Vietnamese
 * one of Windows has letters for digits) and on input methods ("Process", injected Backspace and characters). Scanners that
 * inject characters give no `code`, or one and the same for all: only then `key` is read.
 */

/** What is read of a KeyboardEvent. `timeStamp` in milliseconds, from the event and not from a clock read later. */
export interface ScanKey {
  code: string;
  key: string;
  shiftKey: boolean;
  altKey?: boolean;
  ctrlKey?: boolean;
  metaKey?: boolean;
  /** The key is held down. */
  repeat?: boolean;
  timeStamp: number;
}

export interface ScanResult {
  /** The scanned text when this key ended a scan, else null. */
  text: string | null;
  /** True when keys so far can only be a scanner's: keep this key from the page. */
  isBurst: boolean;
}

/** Longest pause inside a scan, ms. */
const SCAN_GAP_MS = 100;
/** A scan without a suffix key ends after this silence, ms: call `finish` then. */
export const SCAN_SILENCE_MS = 200;
/** A slow scanner needs about 5 s for a card of 120 characters, and six times that when it types all with Alt. */
const SCAN_TOTAL_MS = 60_000;
const MIN_CHARS = 6;
const MAX_CHARS = 2_000;
/** Nobody types letters this fast; digits and pipes prove a scan at any pace. */
const TYPING_GAP_MS = 35;

const PLAIN: Readonly<Record<string, readonly [string, string]>> = {
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  IntlBackslash: ['\\', '|'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Backquote: ['`', '~'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Space: [' ', ' '],
  NumpadAdd: ['+', '+'],
  NumpadSubtract: ['-', '-'],
  NumpadMultiply: ['*', '*'],
  NumpadDivide: ['/', '/'],
  NumpadDecimal: ['.', '.'],
};
const SHIFTED_DIGITS = ')!@#$%^&*(';

/** Character of a physical key on the US layout; null for keys that write nothing. */
export function charOfKey(code: string, shiftKey: boolean): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return shiftKey ? letter : letter.toLowerCase();
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return shiftKey ? SHIFTED_DIGITS.charAt(Number(digit)) : digit;
  const numpad = /^Numpad(\d)$/.exec(code)?.[1];
  if (numpad !== undefined) return numpad;
  const pair = PLAIN[code];
  return pair ? pair[shiftKey ? 1 : 0] : null;
}

/** Collects keys; one for each window. */
export class ScanAssembler {
  /** Read by `code`. */
  #typed = '';
  /** Read by `key`, for scanners whose codes say nothing. */
  #injected = '';
  readonly #codes = new Set<string>();
  /** Digits typed on the number pad while Alt is held; null when Alt is not. */
  #alt: string | null = null;
  #startedAt = 0;
  #lastAt = Number.NEGATIVE_INFINITY;
  #keys = 0;

  /** Takes a keydown event. */
  press(event: ScanKey): ScanResult {
    // A held key is nobody's scan; it neither adds to one nor ends one.
    if (event.repeat === true) return { text: null, isBurst: false };
    const gap = event.timeStamp - this.#lastAt;
    let text: string | null = null;
    if (this.#keys > 0 && (gap > SCAN_GAP_MS || event.timeStamp - this.#startedAt > SCAN_TOTAL_MS)) text = this.#end();
    if (isSuffix(event)) {
      // A late Enter belongs to nobody's scan; a scan the pause had already ended is reported now.
      const ended = this.#end();
      return { text: text ?? ended, isBurst: ended !== null };
    }
    this.#take(event);
    return { text, isBurst: this.#isBurst() };
  }

  /** Takes a keyup event: letting go of Alt completes a character of the number pad. */
  release(event: Pick<ScanKey, 'code'>): void {
    if (event.code === 'AltLeft' || event.code === 'AltRight') this.#endAlt();
  }

  /** Call when `SCAN_SILENCE_MS` have passed since the last key: gives the scan that ended so, if any. */
  finish(timeStamp: number): string | null {
    return timeStamp - this.#lastAt >= SCAN_SILENCE_MS ? this.#end() : null;
  }

  #take(event: ScanKey): void {
    const isAltKey = event.code === 'AltLeft' || event.code === 'AltRight';
    if (isAltKey || event.altKey !== true) this.#endAlt();
    if (isAltKey) this.#alt = '';
    const char = charOfKey(event.code, event.shiftKey);
    const isCommand = event.ctrlKey === true || event.metaKey === true;
    const shown = Array.from(event.key).length === 1 && event.altKey !== true ? event.key : null;
    const isNamed = event.code !== '' && event.code !== 'Unidentified';
    const isNoise = isCommand || (char === null && (isNamed || shown === null));
    // Noise of an input method keeps a scan alive and never starts one; Alt starts one.
    if (isNoise && this.#keys === 0 && !isAltKey) return;
    if (this.#keys === 0) this.#startedAt = event.timeStamp;
    this.#lastAt = Math.max(this.#lastAt, event.timeStamp);
    if (isAltKey) this.#keys++;
    if (isNoise) return;
    this.#keys++;
    if (isNamed) this.#codes.add(event.code);
    if (shown !== null) this.#injected += shown;
    if (char === null) return;
    if (event.altKey === true && /^Numpad\d$/.test(event.code)) this.#alt = (this.#alt ?? '') + char;
    else if (event.altKey !== true) this.#typed += char;
  }

  /** Alt and digits: a byte or a code point. Bytes from 128 come out as Latin-1; only digits have to be right. */
  #endAlt(): void {
    const digits = this.#alt;
    this.#alt = null;
    if (digits === null || digits === '') return;
    const point = Number(digits);
    if (point >= 32 && point <= 0xffff && (point < 0xd800 || point > 0xdfff)) this.#typed += String.fromCharCode(point);
  }

  /** By code; by character when no code came, or the same one for different characters. */
  get #text(): string {
    const isBlind = this.#codes.size === 0 || (this.#codes.size === 1 && new Set(this.#injected).size > 2);
    return isBlind ? this.#injected : this.#typed;
  }

  #isBurst(): boolean {
    // Every code of ours has a digit among its first characters; a name rolled over the keys has none and must stay whole.
    if (this.#text.length < 3 || !/\d/.test(this.#text)) return false;
    return this.#text.length >= MIN_CHARS ? this.#isScan() : this.#pace() <= TYPING_GAP_MS;
  }

  #pace(): number {
    return (this.#lastAt - this.#startedAt) / Math.max(1, this.#keys - 1);
  }

  /** A fast typist writes letters; scanners write digits and pipes, or digits and letters at a pace no hand keeps. */
  #isScan(): boolean {
    const text = this.#text;
    if (text.length < MIN_CHARS || text.length > MAX_CHARS) return false;
    // One sign over and over is a key that was held, or a cat.
    if (new Set(text).size === 1) return false;
    // Without a digit: signs that no name has, at a pace no hand keeps (a link, another trade's code).
    if (!/\d/.test(text)) return /[|:/<>_=&?%#@]/.test(text) && this.#pace() <= TYPING_GAP_MS;
    return /\||\d.*\d.*\d.*\d/.test(text) || this.#pace() <= TYPING_GAP_MS;
  }

  #end(): string | null {
    this.#endAlt();
    const text = this.#isScan() ? this.#text : null;
    this.#typed = '';
    this.#injected = '';
    this.#codes.clear();
    this.#keys = 0;
    this.#lastAt = Number.NEGATIVE_INFINITY;
    return text;
  }
}

/** Scanners whose codes say nothing name the suffix in `key` alone. */
function isSuffix({ code, key }: ScanKey): boolean {
  return code === 'Enter' || code === 'NumpadEnter' || code === 'Tab' || key === 'Enter' || key === 'Tab';
}

/** The same code again within this time is the same holding of the card, ms. */
const SCAN_REPEAT_MS = 3_000;

/** Tells a second reading of a card still held under the scanner from a new one. */
export class RepeatGuard {
  #text = '';
  #at = Number.NEGATIVE_INFINITY;

  /** True when `text` was read less than `SCAN_REPEAT_MS` ago; each reading extends the time. */
  isRepeat(text: string, at: number): boolean {
    const isRepeat = text === this.#text && at - this.#at < SCAN_REPEAT_MS;
    this.#text = text;
    this.#at = at;
    return isRepeat;
  }
}
