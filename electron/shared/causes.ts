/** Whose fault something is: the server that was asked (centre or province), the venue's line, this PC; or it is not known. */
export type Whose = 'server' | 'line' | 'this_pc' | 'unknown';

/**
 * Every reason why something from outside does not come, and whose fault it is. The one table of the kiosk: stage, console,
 * delivery, checks and evidence use its words. `unknown` are those that look the same from the venue whoever is at fault; see `blame`.
 */
export const CAUSES = {
  // Getting there.
  offline: 'line',
  no_route: 'line',
  dns_unavailable: 'line',
  name_not_found: 'unknown',
  refused: 'server',
  no_connection: 'unknown',
  reset: 'unknown',
  no_answer: 'unknown',
  slow_line: 'line',
  portal: 'line',
  // The hall's proxy.
  proxy_unreachable: 'line',
  proxy_login: 'line',
  proxy_refused: 'line',
  // Certificates.
  certificate_expired: 'server',
  certificate_not_yet_valid: 'server',
  certificate_incomplete: 'server',
  certificate_unknown_root: 'server',
  certificate_wrong_name: 'server',
  certificate_revoked: 'server',
  certificate_inspected: 'this_pc',
  tls_handshake: 'server',
  clock_wrong: 'this_pc',
  // What the server answers.
  login_needed: 'server',
  denied: 'server',
  cookies: 'server',
  missing: 'server',
  blocked_method: 'server',
  busy: 'server',
  server_error: 'server',
  redirect_loop: 'server',
  bad_answer: 'server',
  // What it sends.
  bad_encoding: 'server',
  too_large: 'server',
  empty: 'server',
  not_playlist: 'server',
  truncated: 'server',
  corrupt: 'server',
  stale: 'server',
  stale_cache: 'server',
  old_answer: 'server',
  old_broadcast: 'server',
  codec: 'this_pc',
  // The kiosk itself.
  relay: 'this_pc',
} as const satisfies Record<string, Whose>;

export type Cause = keyof typeof CAUSES;

export function isCause(word: string): word is Cause {
  return Object.hasOwn(CAUSES, word);
}

/**
 * Whose fault `cause` is. `othersAnswer`: whether other servers can be reached from here now; null when none was asked. A
 * connection that does not come about is the line's fault only where others fail as well.
 */
export function blame(cause: Cause, othersAnswer: boolean | null): Whose {
  const whose = CAUSES[cause];
  if (whose !== 'unknown' || othersAnswer === null) return whose;
  return othersAnswer ? 'server' : 'line';
}

/** Sorts the status of an HTTP answer; null for one that brings what was asked for. `text` is the beginning of the body. */
export function causeOfStatus(status: number, text = ''): Cause | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return 'redirect_loop';
  if (status === 407) return 'proxy_login';
  if (status === 511) return 'portal';
  if (status === 401 || status === 403 || status === 451) return causeOfDenial(status, text);
  if (status === 404 || status === 410) return 'missing';
  if (status === 405 || status === 501) return 'blocked_method';
  if (status === 429 || status === 503) return 'busy';
  if (status === 408 || status === 504) return 'no_answer';
  return status >= 500 ? 'server_error' : 'bad_answer';
}

function causeOfDenial(status: number, text: string): Cause {
  if (/cookie/iu.test(text)) return 'cookies';
  return status === 401 ? 'login_needed' : 'denied';
}
