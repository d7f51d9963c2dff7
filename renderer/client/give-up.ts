import { ABANDON_PATH, ELECTRON_SCHEME, REQUEST_NAME_HEADER } from '../../electron/contract/page-signs.ts';

/** A request that can be given up before it is answered. */
export interface Abandonable {
  /** To be sent with the request. */
  headers: Record<string, string>;
  /** Call after the request was aborted without an answer; what serves it then ends it too. */
  abandon: (this: void) => void;
}

const BY_ABORT: Abandonable = { headers: {}, abandon: () => {} };
let last = 0;

/**
 * In a browser an aborted request ends at the core by itself, because its connection closes. Electron's scheme handler is
 * not informed, and the core would go on loading what nobody waits for; there each request has a name by which it is given up.
 */
export function nameRequest(): Abandonable {
  if (location.protocol !== `${ELECTRON_SCHEME}:`) return BY_ABORT;
  // Unique in this page; a page that was loaded again has no requests of the one before it.
  const name = `${performance.timeOrigin.toString(36)}-${(last += 1)}`;
  return {
    headers: { [REQUEST_NAME_HEADER]: name },
    abandon: () => void fetch(`${ABANDON_PATH}${name}`, { method: 'POST' }).catch(() => undefined),
  };
}
