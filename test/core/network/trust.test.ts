import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { createEgress } from '../../../electron/core/network/egress.ts';
import { createTrust } from '../../../electron/core/network/trust.ts';
import { makeCertificate } from '../../support/certificates.ts';

const EGRESS = path.resolve(import.meta.dirname, '../../../electron/core/network/egress.ts');

/** Asks from a process of its own, because the store of the PC is read when a process begins. */
async function askElsewhere(url: string, env: Record<string, string>): Promise<string> {
  const code = `const { createEgress } = await import(${JSON.stringify(EGRESS)});
    const egress = createEgress();
    const answer = await egress.fetch(${JSON.stringify(url)}, {});
    console.log(answer.ok ? await answer.response.text() : answer.cause);
    await egress.stop();`;
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code], {
    env: { ...process.env, ...env },
  });
  return stdout.trim();
}

test.skipIf(process.platform !== 'linux')(
  "an authority of the PC's own store is trusted without one in the package, and nothing else is",
  async () => {
    const root = makeCertificate({ name: 'Store Root CA', authority: true });
    const leaf = makeCertificate({ name: 'centre', hosts: ['127.0.0.1'], issuer: root });
    const server = https.createServer({ cert: leaf.cert, key: leaf.key }, (_q, s) => s.end('here'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const folder = mkdtempSync(path.join(os.tmpdir(), 'trust-'));
    const file = path.join(folder, 'root.pem');
    writeFileSync(file, root.cert);
    const own = createEgress({ certificateAuthority: root.cert });
    try {
      expect(await askElsewhere(url, { SSL_CERT_FILE: file })).toBe('here');
      expect(await askElsewhere(url, { SSL_CERT_FILE: '' })).toBe('certificate_unknown_root');
      const answer = await own.fetch(url, {});
      expect(answer.ok && (await answer.response.text())).toBe('here');
    } finally {
      await own.stop();
      rmSync(folder, { recursive: true });
      server.closeAllConnections();
      server.close();
    }
  },
);

test('a further connection pool of the same trust costs no memory outside the heap', async () => {
  const madeAnother = async (): Promise<void> => createEgress().stop();
  await madeAnother();
  const before = process.memoryUsage.rss();
  for (let i = 0; i < 100; i += 1) await madeAnother();
  // A trust of its own for each took half a megabyte: 50 of them.
  expect((process.memoryUsage.rss() - before) / 2 ** 20).toBeLessThan(20);
  const { cert } = makeCertificate({ name: 'Other Root CA', authority: true });
  expect(createTrust(cert)).toBe(createTrust(cert));
  expect(createTrust(cert)).not.toBe(createTrust());
});
