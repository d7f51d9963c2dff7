import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { SessionPackage } from '../../electron/contract/session-package.ts';
import { rememberSession } from '../../electron/core/lobby/stored-sessions.ts';
import { assert } from '../../electron/shared/result.ts';
import { makeCertificate, type MadeCertificate } from './certificates.ts';
import type { LobbyWorld } from './with-lobby.ts';

const root = makeCertificate({ name: 'CA của tỉnh', authority: true });
const own = makeCertificate({ name: 'goi.tinh.test', issuer: root, hosts: ['127.0.0.1'] });
/** Of the same province, for another name. */
export const OTHER_NAME = makeCertificate({ name: 'khac.tinh.test', issuer: root, hosts: ['khac.tinh.test'] });

/** By path: what is sent; an address is a redirect, and a function answers by itself. */
export type ServedFiles = Record<string, string | ((response: ServerResponse) => void)>;

/** The province's server of packages, under a certificate that only its packages name. */
export async function withPackageServer(
  files: ServedFiles,
  body: (origin: string) => Promise<void>,
  { cert, key }: MadeCertificate = own,
): Promise<void> {
  const server = createServer({ cert, key }, (request, response) => {
    const content = files[request.url ?? ''];
    if (content === undefined) response.writeHead(404).end();
    else if (typeof content === 'function') content(response);
    else if (content.startsWith('http')) response.writeHead(302, { location: content }).end();
    else response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await body(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** A package that names the authority of that server. */
export function withAuthority(world: LobbyWorld, overrides: Record<string, unknown>): SessionPackage {
  const document = world.document(overrides);
  return { ...document, delivery: { ...document.delivery, certificateAuthority: root.cert } };
}

/** Loads a first package of that server's province from a stick, and starts the lobby again: from then on its addresses can be read. */
export async function knowProvince(world: LobbyWorld): Promise<void> {
  world.onStick('dau.jws', await world.province.sign(withAuthority(world, {})));
  await world.until('the stick', () => world.view().packages.length === 1);
  const loaded = await world.ask('lobby/load', { id: world.view().packages[0]!.id });
  assert(loaded.ok, `the first package is refused: ${JSON.stringify(loaded)}`);
  rememberSession(world.store, 'hn-2026-thu');
  await world.restart();
}

/** Sends so many bytes; how many are ahead is said before, or not. */
export function sendMany(bytes: number, isAnnounced: boolean): (response: ServerResponse) => void {
  const part = Buffer.alloc(1024 * 1024, 'x');
  return (response) => {
    response.writeHead(200, isAnnounced ? { 'content-length': String(bytes) } : {});
    let left = bytes;
    const send = (): void => {
      while (left > 0 && !response.destroyed) {
        left -= part.length;
        if (!response.write(part)) return void response.once('drain', send);
      }
      response.end();
    };
    send();
  };
}
