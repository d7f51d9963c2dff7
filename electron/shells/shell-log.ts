import path from 'node:path';
import { describeError } from '../log/error-text.ts';
import { createLogFile } from '../log/log-file.ts';
import type { LogFile } from '../log/log-file.ts';

/** What the shell and its supervisor have to say: on the terminal, where there is one, and in `shell.log` of the data folder. */
export interface ShellLog {
  /** One plain line. Names of people never enter. */
  say: (this: void, line: string) => void;
  /** From now on lines also go to a file there, once the folder exists; a refused start leaves nothing behind. */
  writeTo(dataFolder: string): void;
  /** What to do about a fault in this process that nothing caught, after it was written down. */
  onFault(restart: () => void): void;
}

/** Makes the log of this process and takes over what nothing catches in it, so that no system dialog ever shows it. */
export function createShellLog(): ShellLog {
  let file: LogFile | null = null;
  let restart: (() => void) | null = null;
  const say = (line: string) => {
    process.stderr.write(`${line}\n`);
    file?.write(`${JSON.stringify({ time: Date.now(), line })}\n`);
  };
  const fault = (cause: unknown) => {
    say(`A fault in the shell: ${describeError(cause)}`);
    if (restart) restart();
    else process.exit(1);
  };
  process.on('uncaughtException', fault);
  process.on('unhandledRejection', fault);
  // A terminal that was closed (EPIPE) is no fault.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  return {
    say,
    writeTo(dataFolder) {
      file = createLogFile(path.join(dataFolder, 'shell.log'), { makeFolder: false });
    },
    onFault(next) {
      restart = next;
    },
  };
}
