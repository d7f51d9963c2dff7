/** What a page and its shell agree on. Constants only, so that no page carries the schemas of the process channel. */

/**
 * A page names a request it may give up by this header, and gives it up by a POST to `ABANDON_PATH` + name at its own origin.
 * Only Electron's scheme handler needs that: its handler does not learn of an abort before the answer's headers. The core never
 * sees either.
 */
export const REQUEST_NAME_HEADER = 'x-request-name';
export const ABANDON_PATH = '/abandon-request/';
/** The scheme of Electron's windows; pages in a browser are served by http. */
export const ELECTRON_SCHEME = 'kiosk';

/**
 * First word of a console message by which a page reports a fault that nothing caught; kind and stack follow. Both shells
 * listen for it, so that a page needs no way to the log of its own.
 */
export const PAGE_FAULT_MARK = '[kiosk-fault]';
