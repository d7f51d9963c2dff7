import { spawn } from 'node:child_process';
import net from 'node:net';
import { expect, test } from 'vitest';
import { isOwnUser } from '../../../electron/core/http/peer-user.ts';
import { createBucket, LIMITS, listen, PortTaken } from '../../../electron/core/http/listen.ts';
import { withCore } from '../../support/with-core.ts';

const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const row = (local: string, remote: string, uid: number) =>
  `   0: 0100007F:${local} 0100007F:${remote} 01 00000000:00000000 00:00000000 00000000  ${uid}        0 1 1 0\n`;

test('a connection is ours only when the other end belongs to our user, whichever table it stands in', () => {
  const own = process.getuid!();
  const socket = { remotePort: 0xa1b2, localPort: 0x1f90 };
  const read = (tcp: string, tcp6: string) => (file: string) => HEAD + (file.endsWith('6') ? tcp6 : tcp);
  // The row of our own end has the ports the other way round and says nothing.
  const ours = row('1F90', 'A1B2', own);
  expect(isOwnUser(socket, read(ours + row('A1B2', '1F90', own), ''))).toBe(true);
  expect(isOwnUser(socket, read(ours + row('A1B2', '1F90', own + 1), ''))).toBe(false);
  expect(isOwnUser(socket, read(ours, row('A1B2', '1F90', own + 1)))).toBe(false);
  expect(isOwnUser(socket, read(ours, ''))).toBe(false);
  const nothing = () => {
    throw new Error('no /proc here');
  };
  expect(isOwnUser(socket, nothing)).toBe(true);
});

test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
  'a program of another user gets no answer at all',
  async () => {
    await withCore({ people: 1 }, async ({ core }) => {
      const ask = (uid: number) => {
        const request = `exec 3<>/dev/tcp/127.0.0.1/${core.port} && printf 'GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n' >&3 && head -c 8 <&3`;
        return new Promise<string>((resolve) => {
          const child = spawn('/bin/bash', ['-c', request], { uid, cwd: '/' });
          let text = '';
          child.stdout.on('data', (part: Buffer) => (text += part.toString()));
          child.on('close', () => resolve(text));
        });
      };
      expect(await ask(0)).toBe('HTTP/1.1');
      expect(await ask(65_534)).toBe('');
    });
  },
);

test('what is silent, half said or too much is closed, and the core goes on answering', async () => {
  await withCore({ people: 1 }, async ({ core, ask, sittingId }) => {
    const sockets = Array.from({ length: LIMITS.sockets + 20 }, (_, i) => {
      const socket = net.connect(core.port, '127.0.0.1');
      socket.on('error', () => undefined).resume();
      if (i % 2 === 0) socket.write('POST /desk/api/search HTTP/1.1\r\nHost: x');
      return new Promise<number>((resolve) => socket.on('close', () => resolve(performance.now())));
    });
    const began = performance.now();
    const ends = await Promise.all(sockets);
    // 10 s and the two seconds between two looks; the PC of a test may be busy.
    expect(Math.max(...ends) - began).toBeLessThan(LIMITS.headersMs + 30_000);
    expect(await ask('desk/search', { sittingId, query: 'ngu' })).toMatchObject({ ok: true });
  });
}, 90_000);

test('a program that asks without end is slowed down, and served again a moment later', () => {
  let now = 0;
  const bucket = createBucket(() => now);
  const takeAll = (tries: number) => Array.from({ length: tries }, () => bucket.take()).filter(Boolean).length;
  expect(takeAll(LIMITS.burst * 2)).toBe(LIMITS.burst);
  now += 1_000;
  expect(takeAll(LIMITS.burst)).toBe(LIMITS.perSecond);
  now += 60_000;
  expect(takeAll(LIMITS.burst * 2)).toBe(LIMITS.burst);
});

test('a port that somebody else has is not given up for another one in silence', async () => {
  const thief = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => thief.once('listening', resolve));
  const { port } = thief.address() as net.AddressInfo;
  await expect(listen(() => new Response('ok'), port)).rejects.toBeInstanceOf(PortTaken);
  thief.close();
});

test('a body that is no JSON is the sender’s fault on every endpoint that takes one', async () => {
  await withCore({ people: 1 }, async ({ core, tokens }) => {
    for (const body of ['', '{"query":', 'null', '[', '"', '{"a":1}}', '\u0000', '['.repeat(60_000)]) {
      const answer = await fetch(`http://127.0.0.1:${core.port}/desk/api/search`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tokens.desk}`, 'content-type': 'application/json' },
        body,
      });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ ok: false, error: 'invalid_input' });
    }
  });
});
