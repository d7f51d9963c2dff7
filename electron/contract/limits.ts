import type { Path } from './endpoints.ts';
import type { WindowRole } from './shell.ts';

/** Numbers that both sides of the contract keep to. Without schemas, so that a window takes nothing else along with them. */

/** No list of names before this many letters: the desk is a public screen. */
export const MIN_QUERY_LETTERS = 2;

/** A unit of at most so many people is shown whole when browsing; a larger one asks for a letter first. */
export const BROWSE_AT_ONCE = 30;

/** So long after a sign-in at the desk it can be taken back there, ms. */
export const TAKE_BACK_MS = 10_000;

/** Longest wait of a window for one answer, ms: the core answers from memory and one synced write. */
export const ANSWER_WITHIN_MS: Readonly<Record<WindowRole, number>> = {
  stage: 4_000,
  desk: 4_000,
  console: 8_000,
  lobby: 8_000,
};

/** A console that nobody touches for this long locks itself, ms. */
export const CONSOLE_IDLE_MS = 5 * 60_000;

/** Longer where the core reads a file, starts a browser to print, or asks somebody outside; ms. */
export const LONGER_ANSWER_WITHIN_MS: Readonly<Partial<Record<Path, number>>> = {
  'stage/fresh-address': 12_000,
  'console/roster/files': 60_000,
  'console/roster/preview': 60_000,
  'console/roster/confirm': 60_000,
  'console/roster/package-list': 60_000,
  'console/roster/restore': 60_000,
  'console/roster/undo': 60_000,
  'console/report/save': 150_000,
  'console/report/preview': 90_000,
  'console/printers/list': 40_000,
  'console/printers/print': 160_000,
  'console/printers/job': 40_000,
  'console/printers/cancel': 40_000,
  'console/report/sign-off': 15_000,
  'console/report/amend/seal': 15_000,
  'console/report/ask-province': 30_000,
  'console/report/check-province': 30_000,
  'lobby/preview': 60_000,
  'lobby/load': 60_000,
  'lobby/fetch': 60_000,
  'lobby/roster/files': 60_000,
  'lobby/roster/preview': 60_000,
  'lobby/create': 60_000,
  'lobby/try-stream': 15_000,
};
