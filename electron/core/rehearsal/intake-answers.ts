/** An answer of the intake, before it is written to the socket. */
export interface IntakeAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What went wrong, by name; the last part of the problem's `type` (RFC 9457). */
export type ProblemName =
  | 'malformed-request'
  | 'digest-mismatch'
  | 'other-device'
  | 'not-found'
  | 'method-not-allowed'
  | 'other-bytes'
  | 'too-large'
  | 'unsupported-media-type'
  | 'unreadable-report'
  | 'rehearsal-mismatch'
  | 'not-stored';

const PROBLEMS: Record<ProblemName, { status: number; title: string }> = {
  'malformed-request': { status: 400, title: 'The request is not complete' },
  'digest-mismatch': { status: 400, title: 'Content-Digest does not match the bytes received' },
  'other-device': { status: 403, title: 'Another device signed the revision before' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'method-not-allowed': { status: 405, title: 'This address does not take that method' },
  'other-bytes': { status: 409, title: 'This revision was received with other bytes' },
  'too-large': { status: 413, title: 'The report is too large' },
  'unsupported-media-type': { status: 415, title: 'A report is sent as application/jose' },
  'unreadable-report': { status: 422, title: 'The report cannot be opened or verified' },
  'rehearsal-mismatch': { status: 422, title: 'Practice and real reports do not mix' },
  'not-stored': { status: 507, title: 'The report could not be stored; try again' },
};

/** A refusal as `application/problem+json` (RFC 9457). */
export function problem(name: ProblemName, detail: string, headers: Record<string, string> = {}): IntakeAnswer {
  const { status, title } = PROBLEMS[name];
  return {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify({ type: `urn:report-intake:problem:${name}`, title, status, detail }),
  };
}

/** A signed statement of the province: a receipt, a return notice or what it says of a sitting. */
export function signed(status: 200 | 201, jws: string): IntakeAnswer {
  return { status, headers: { 'content-type': 'application/jose', 'cache-control': 'no-store' }, body: jws };
}

export const NOTHING_RETURNED: IntakeAnswer = { status: 204, headers: { 'cache-control': 'no-store' }, body: '' };
