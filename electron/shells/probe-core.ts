import { request } from 'node:http';

/** Asks the core's port for anything; any answer shows that its event loop turns. */
export function answersOn(port: number, answerMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const ask = request({ host: '127.0.0.1', port, path: '/', method: 'HEAD', agent: false, timeout: answerMs });
    ask.on('response', (answer) => {
      answer.resume();
      resolve(true);
    });
    ask.on('timeout', () => ask.destroy());
    ask.on('error', () => resolve(false));
    ask.end();
  });
}
