import type { FromCore } from '../contract/shell.ts';

/** The core's end of the process channel to the supervisor. */
export interface Channel {
  /** A message after the channel is gone is dropped. */
  send(message: FromCore): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The supervisor is gone. */
  onGone(listener: () => void): void;
}

/** Electron's utility process has a parent port; a Node child has an IPC channel. Null for a process started by hand. */
export function openChannel(): Channel | null {
  const port = (
    process as {
      parentPort?: { postMessage(m: unknown): void; on(e: 'message', l: (e: { data: unknown }) => void): void };
    }
  ).parentPort;
  if (port) {
    return {
      send: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', (event) => listener(event.data)),
      // Electron ends its utility processes itself.
      onGone: () => undefined,
    };
  }
  if (!process.send) return null;
  return {
    send: (message) => {
      // The callback takes the error of a channel that closes at this moment.
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
    },
    onMessage: (listener) => process.on('message', listener),
    onGone: (listener) => process.on('disconnect', listener),
  };
}
