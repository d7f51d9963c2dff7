import type http from 'node:http';

/** What a request gets. */
export type Action =
  | { kind: 'proper' }
  | { kind: 'status'; status: number; body?: string; cors?: boolean }
  /** TCP reset. */
  | { kind: 'reset' }
  /** Accepted and never answered. */
  | { kind: 'silence' }
  /** 200 with this body instead of the proper one. */
  | { kind: 'body'; type: string; body: string }
  | { kind: 'redirect'; to: string; permanent?: boolean }
  /** The proper answer, at so many bytes a second. */
  | { kind: 'slow'; bytesPerSecond: number; of: 'proper' }
  /** The proper answer after a wait. */
  | { kind: 'late'; ms: number; of: 'proper' }
  /** The proper answer cut off by a reset in the middle of its announced length. */
  | { kind: 'cut'; of: 'proper' }
  | { kind: 'type'; type: string; of: 'proper' }
  /** The beginning of the proper answer, with a length that agrees. */
  | { kind: 'part'; share: number; of: 'proper' };

/** Writes one answer; returns a word for the log. */
export function answer(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  action: Action | null,
  proper: { type: string; body: Buffer } | null,
): string {
  const cors = {
    'access-control-allow-origin': '*',
    'access-control-allow-headers': '*',
    'access-control-expose-headers': 'date, age',
    'cache-control': 'no-store',
  };
  if (request.method === 'OPTIONS') {
    response.writeHead(204, cors).end();
    return 'preflight';
  }
  if (action?.kind === 'reset') {
    request.socket.resetAndDestroy();
    return 'reset';
  }
  if (action?.kind === 'silence') return 'silence';
  if (action?.kind === 'status') {
    response.writeHead(action.status, action.cors === false ? {} : cors).end(action.body ?? '');
    return String(action.status);
  }
  if (action?.kind === 'body') {
    response.writeHead(200, { ...cors, 'content-type': action.type }).end(action.body);
    return 'body';
  }
  if (action?.kind === 'redirect') {
    response.writeHead(action.permanent ? 301 : 302, { ...cors, location: action.to }).end();
    return action.permanent ? '301' : '302';
  }
  if (!proper) {
    response.writeHead(404, cors).end();
    return '404';
  }
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
  const whole = range ? proper.body.subarray(Number(range[1]), Number(range[2]) + 1) : proper.body;
  const body = action?.kind === 'part' ? whole.subarray(0, Math.floor(whole.length * action.share)) : whole;
  const type = action?.kind === 'type' ? action.type : proper.type;
  const head = { ...cors, 'content-type': type, 'content-length': body.length };
  const send = () => response.writeHead(range ? 206 : 200, head);
  if (action?.kind === 'late') {
    setTimeout(() => send().end(body), action.ms);
    return 'late';
  }
  if (action?.kind === 'cut') {
    send().write(body.subarray(0, body.length >> 1));
    setTimeout(() => request.socket.resetAndDestroy(), 50);
    return 'cut';
  }
  if (action?.kind === 'slow') {
    send();
    drip(response, body, action.bytesPerSecond);
    return 'slow';
  }
  send().end(body);
  return action?.kind === 'part' ? 'part' : 'ok';
}

function drip(response: http.ServerResponse, body: Buffer, bytesPerSecond: number): void {
  const slice = Math.max(1, Math.round(bytesPerSecond / 5));
  let sent = 0;
  const timer = setInterval(() => {
    if (response.destroyed) {
      clearInterval(timer);
      return;
    }
    response.write(body.subarray(sent, sent + slice));
    sent += slice;
    if (sent < body.length) return;
    clearInterval(timer);
    response.end();
  }, 200);
}
