/**
 * Runs in the installed Node under Wine: starts the installed core as the supervisor does, with a message channel. Standard output into
 * a pipe fails there, so all is said in files of the folder that is given: `start.json` says what to start, `said.jsonl` holds
 * the core's messages, and files named `kill` and `stop` are orders.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const folder = process.argv[2];
const say = (what) => fs.appendFileSync(path.join(folder, 'said.jsonl'), `${JSON.stringify(what)}\n`);
try {
  const { script, message } = JSON.parse(fs.readFileSync(path.join(folder, 'start.json'), 'utf8'));
  const log = fs.openSync(path.join(folder, 'core.log'), 'a');
  const preload = new URL('no-keep-alive.mjs', import.meta.url).href;
  const core = spawn(process.execPath, ['--import', preload, script], {
    stdio: ['ignore', log, log, 'ipc'],
    windowsHide: true,
  });
  core.on('message', (said) => say(said));
  core.on('error', (cause) => say({ type: 'error', message: String(cause) }));
  core.on('exit', (code, signal) => {
    say({ type: 'exit', code, signal });
    process.exit(0);
  });
  core.send(message);
  const runtime = { platform: process.platform, version: process.version, napi: process.versions.napi };
  say({ type: 'starter', ...runtime, localAppData: process.env.LOCALAPPDATA });
  setInterval(() => {
    if (fs.existsSync(path.join(folder, 'kill'))) core.kill('SIGKILL');
    else if (fs.existsSync(path.join(folder, 'stop')) && core.connected) core.send({ type: 'stop' });
  }, 100);
} catch (cause) {
  say({ type: 'error', message: cause.stack });
  process.exitCode = 1;
}
