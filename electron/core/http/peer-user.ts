import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';

const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];
const ROOT = 0;
const TRIES = 4;

/**
 * Whether the other end of a loopback connection is a program of our own user, or of the one who may do everything anyway.
 * Known on Linux only; elsewhere, and where the system does not say, every program of this PC is let on to the token.
 */
export function isOwnUser(
  socket: Pick<Socket, 'remotePort' | 'localPort'>,
  read: (file: string) => string = readTable,
): boolean {
  const own = process.getuid?.();
  const { remotePort, localPort } = socket;
  if (own === undefined || remotePort === undefined || localPort === undefined) return true;
  let known = false;
  // The system writes the table piece by piece: one that changes meanwhile can come without a row.
  for (let tries = 0; tries < TRIES; tries += 1)
    for (const table of TABLES) {
      let text: string;
      try {
        text = read(table);
      } catch {
        continue;
      }
      known = true;
      const user = findUser(text, remotePort, localPort);
      if (user !== null) return user === own || user === ROOT;
    }
  // Tables without the connection: it is gone already.
  return !known;
}

/** User of the socket with these ports in a table of `proc_pid_net(5)`: `sl local_address rem_address st … uid`, ports in hex. */
function findUser(table: string, localPort: number, remotePort: number): number | null {
  const [local, remote] = [hex(localPort), hex(remotePort)];
  for (const line of table.split('\n').slice(1)) {
    const [, from, to, , , , , uid] = line.trim().split(/\s+/u);
    if (from?.endsWith(`:${local}`) && to?.endsWith(`:${remote}`)) return Number(uid);
  }
  return null;
}

function hex(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}

function readTable(file: string): string {
  if (process.platform !== 'linux') throw new Error('no such table here');
  return readFileSync(file, 'latin1');
}
