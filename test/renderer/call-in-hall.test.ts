import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import type { DeskView } from '../../electron/contract/api.ts';
import { callInHall } from '../../renderer/client/call-in-hall.ts';
import type { ViewStream } from '../../renderer/client/view-stream.ts';

afterEach(() => vi.unstubAllGlobals());

/** The views of a desk, pushed by the test. */
class FakeStream {
  state: { view: DeskView | null; lost: boolean } = { view: null, lost: false };
  readonly listeners = new Set<() => void>();
  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  push(sittingId: string): void {
    this.state = { view: { sitting: { id: sittingId } } as DeskView, lost: false };
    for (const listener of this.listeners) listener();
  }
  get real(): ViewStream<'desk'> {
    return this as unknown as ViewStream<'desk'>;
  }
}

/** A core whose hall is in `hall`: questions about another sitting are sent away. */
async function withHall(body: (hall: { id: string; asked: string[] }) => Promise<void>): Promise<void> {
  const hall = { id: 'chieu', asked: [] as string[] };
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString('utf8')));
    request.on('end', () => {
      const { sittingId } = JSON.parse(text) as { sittingId: string };
      hall.asked.push(sittingId);
      const answer =
        sittingId === hall.id ? { ok: true, people: [], more: false } : { ok: false, error: 'other_sitting' };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  vi.stubGlobal('document', { baseURI: `http://127.0.0.1:${(server.address() as AddressInfo).port}/desk/` });
  try {
    await body(hall);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('what is asked in a sitting that is just over is asked once more in the next, when its view has come', () =>
  withHall(async (hall) => {
    const stream = new FakeStream();
    stream.push('sang');
    const answer = callInHall(stream.real, 'desk/search', { query: 'nguyen' });
    await vi.waitFor(() => expect(stream.listeners.size).toBe(1));
    stream.push('sang');
    stream.push('chieu');
    expect(await answer).toEqual({ ok: true, people: [], more: false });
    expect(hall.asked).toEqual(['sang', 'chieu']);
    expect(stream.listeners.size).toBe(0);
  }));

test('it is asked twice at most: a hall that moves on again is answered as it is', () =>
  withHall(async (hall) => {
    const stream = new FakeStream();
    stream.push('sang');
    hall.id = 'toi';
    const answer = callInHall(stream.real, 'desk/search', { query: 'nguyen' });
    await vi.waitFor(() => expect(stream.listeners.size).toBe(1));
    stream.push('chieu');
    expect(await answer).toEqual({ ok: false, error: 'other_sitting' });
    expect(hall.asked).toEqual(['sang', 'chieu']);
  }));

test('a next view that never comes is not waited for longer than two seconds', () =>
  withHall(async (hall) => {
    const stream = new FakeStream();
    stream.push('sang');
    const began = performance.now();
    expect(await callInHall(stream.real, 'desk/browse', {})).toEqual({ ok: false, error: 'other_sitting' });
    expect(performance.now() - began).toBeLessThan(4_000);
    expect(hall.asked).toEqual(['sang']);
    expect(stream.listeners.size).toBe(0);
  }));
