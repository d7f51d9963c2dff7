import { createServer } from 'node:net';
import { must } from './rows.ts';

/** A port of this computer that nobody has now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  must(address !== null && typeof address === 'object', 'no free port');
  return address.port;
}
