import { fork } from 'node:child_process';
import { systemClock } from '../../electron/core/store/clock.ts';
import { Watcher } from '../../electron/core/broadcast/watcher.ts';
import { startRelay, type CacheSpec } from './relay.ts';

/** What the core does for the picture, as a process of its own: relay, watcher, and the cache when one is wanted. */
export interface RelayProcess {
  base: string;
  pid: number;
  stop(): Promise<void>;
}

interface Wanted {
  sources: { id: string; url: string }[];
  cache: CacheSpec | null;
}

export async function forkRelay(wanted: Wanted): Promise<RelayProcess> {
  const child = fork(import.meta.filename, [JSON.stringify(wanted)], { execArgv: ['--no-warnings'] });
  const base = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve(message as string));
    child.once('exit', (code) => reject(new Error(`the relay's process ended with ${code}`)));
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.disconnect();
    });
  return { base, pid: child.pid!, stop };
}

if (process.argv[1] === import.meta.filename) {
  const { sources, cache } = JSON.parse(process.argv[2]!) as Wanted;
  const relay = await startRelay(cache ? { cache } : {});
  const watcher = new Watcher({
    sources,
    egress: relay.egress,
    reader: relay.reader,
    clock: systemClock(),
    onChange: () => undefined,
    onError: (cause) => console.error(cause),
  });
  watcher.start();
  process.once('disconnect', () => {
    void Promise.all([watcher.stop(), relay.stop()]).then(() => process.exit(0));
  });
  process.send!(relay.base);
}
