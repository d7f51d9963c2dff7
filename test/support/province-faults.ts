import { createHash, generateKeyPairSync } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { CompactSign } from 'jose';
import type { IntakeFaults } from '../../electron/core/rehearsal/intake.ts';

/** What a line, a gateway or an impostor does to a try. */
export const FAULTS = [
  'drop_before',
  'drop_after_commit',
  'busy',
  'unavailable',
  'captive_portal',
  'wrong_key_receipt',
  'other_report_receipt',
  'truncated_receipt',
  'redirect',
  'slow',
  'reset',
] as const;
export type FaultName = (typeof FAULTS)[number];

/** Faults that leave the report stored although the kiosk learns nothing. */
export const AFTER_COMMIT: readonly FaultName[] = ['drop_after_commit', 'truncated_receipt'];

const PORTAL = '<!doctype html><title>Wi-Fi</title><p>Welcome. Please sign in to use this network.';

/** Does to each PUT what `next` says; null lets it through. `slowMs` is how long a slow answer hangs. */
export function createFaults(
  next: (request: IncomingMessage) => FaultName | null,
  options: { slowMs: number; now?: () => number },
): IntakeFaults {
  const impostor = generateKeyPairSync('ed25519').privateKey;
  const chosen = new WeakMap<IncomingMessage, FaultName>();
  let genuine: string | null = null;
  const now = options.now ?? Date.now;

  const answer = (response: ServerResponse, status: number, headers: Record<string, string>, body: string): boolean => {
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
    response.end(body);
    return true;
  };

  return {
    async beforeRequest(request, response) {
      if (request.url?.startsWith('/portal')) return answer(response, 200, { 'content-type': 'text/html' }, PORTAL);
      const fault = request.method === 'PUT' ? next(request) : null;
      if (fault === null) return false;
      chosen.set(request, fault);
      if (fault === 'drop_before') {
        request.socket.destroy();
        return true;
      }
      if (fault === 'drop_after_commit' || fault === 'truncated_receipt') return false;
      const body = await readAll(request);
      switch (fault) {
        case 'busy':
          return answer(response, 429, { 'retry-after': '3' }, '');
        case 'unavailable':
          return answer(response, 503, { 'retry-after': new Date(now() + 2_000).toUTCString() }, 'restarting');
        case 'captive_portal':
          return answer(response, 200, { 'content-type': 'text/html' }, PORTAL);
        case 'redirect':
          return answer(response, 307, { location: '/portal' }, '');
        case 'wrong_key_receipt':
          return answer(response, 201, { 'content-type': 'application/jose' }, await forge(request, body, impostor));
        case 'other_report_receipt':
          return answer(
            response,
            201,
            { 'content-type': 'application/jose' },
            genuine ?? (await forge(request, body, impostor)),
          );
        case 'slow':
          await new Promise((resolve) => setTimeout(resolve, options.slowMs));
          request.socket.destroy();
          return true;
        case 'reset':
          response.writeHead(201, { 'content-type': 'application/jose', 'content-length': '700' });
          response.write('eyJ');
          request.socket.resetAndDestroy();
          return true;
      }
    },
    async beforeAnswer(request, response, given) {
      if (given.status === 201) genuine = given.body;
      const fault = chosen.get(request);
      if (fault === 'drop_after_commit') {
        request.socket.destroy();
        return true;
      }
      if (fault !== 'truncated_receipt') return false;
      return answer(response, given.status, given.headers, given.body.slice(0, -12));
    },
  };
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

/** A receipt that is right in every word and signed by somebody else. */
async function forge(
  request: IncomingMessage,
  body: Buffer,
  key: ReturnType<typeof generateKeyPairSync>['privateKey'],
): Promise<string> {
  const [, , , reportId, , revision] = (request.url ?? '').split('/');
  const receipt = {
    format: 'report-receipt/1',
    reportId,
    revision: Number(revision),
    sha256: createHash('sha256').update(body).digest('hex'),
    receivedAt: new Date().toISOString(),
    serial: 'gia-mao',
  };
  return new CompactSign(Buffer.from(JSON.stringify(receipt), 'utf8'))
    .setProtectedHeader({ alg: 'EdDSA', typ: 'report-receipt+jws' })
    .sign(key);
}
