import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InputOf, PathOf } from '../../electron/contract/endpoints.ts';
import { urlOf } from '../../electron/shared/endpoint-url.ts';
import type { CoreWorld } from '../support/with-core.ts';

/** After it the core serves a program again that asked too fast. */
const BUSY_MS = 500;

/** The value below which the part `q` of all lies. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

export function round(value: number): number {
  return Number(value.toFixed(3));
}

/** One keep-alive connection, as the desk window has. */
export function createCaller(world: CoreWorld) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const url = new URL(world.origin);
  const call = <P extends PathOf<'desk'>>(endpoint: P, json: InputOf<P>) =>
    new Promise<{ ms: number; text: string }>((resolve, reject) => {
      const body = JSON.stringify(json);
      const began = performance.now();
      const request = http.request(
        {
          agent,
          host: url.hostname,
          port: url.port,
          path: urlOf(endpoint),
          method: 'POST',
          headers: {
            authorization: `Bearer ${world.tokens.desk}`,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
          },
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (part: string) => (text += part));
          response.on('end', () => resolve({ ms: performance.now() - began, text }));
        },
      );
      request.on('error', reject).end(body);
    });
  /** A bench asks faster than any desk: what the core puts off for that is asked again, and only the last try is measured. */
  const callServed: typeof call = async (...asked) => {
    for (;;) {
      const answer = await call(...asked);
      if (!answer.text.includes('"error":"busy"')) return answer;
      await sleep(BUSY_MS);
    }
  };
  return { call: callServed, stop: () => agent.destroy() };
}
