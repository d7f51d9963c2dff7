import { fork } from 'node:child_process';
import { Origin } from './origin.ts';

/** A faultless origin as a process of its own, so that its work is not counted as the kiosk's. */
export async function forkOrigin(spec: { windowS: number; ageS: number }): Promise<{ base: string; stop(): void }> {
  const child = fork(import.meta.filename, [JSON.stringify(spec)], { execArgv: ['--no-warnings'] });
  const base = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve(message as string));
    child.once('exit', (code) => reject(new Error(`the origin's process ended with ${code}`)));
  });
  return { base, stop: () => child.disconnect() };
}

if (process.argv[1] === import.meta.filename) {
  const { windowS, ageS } = JSON.parse(process.argv[2]!) as { windowS: number; ageS: number };
  const origin = new Origin({ windowS, ageS, list: { single: true } });
  await origin.start();
  process.once('disconnect', () => process.exit(0));
  process.send!(origin.base('a'));
}
