import type { UtilityProcess } from 'electron';
import type { CoreProcess } from '../core-process.ts';

/** The core as an Electron utility process: the same script, talking over the process's parent port. */
export function asCoreProcess(child: UtilityProcess): CoreProcess {
  let gone = false;
  child.once('exit', () => (gone = true));
  return {
    get pid() {
      return child.pid;
    },
    send(message) {
      if (!gone) child.postMessage(message, []);
    },
    onMessage(listener) {
      child.on('message', listener);
    },
    onExit(listener) {
      child.once('exit', (code) => listener({ code, signal: null }));
    },
    kill() {
      if (gone || child.pid === undefined) return;
      try {
        // `child.kill()` only asks.
        process.kill(child.pid, 'SIGKILL');
      } catch {
        // It ended by itself a moment ago, and `exit` is on its way.
      }
    },
  };
}
