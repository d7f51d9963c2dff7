/**
 * Gets a clean clone ready to run: `node build/setup.mjs`, also before `npm start` and `npm test`. Needs only Node ≥ 20 and npm,
 * asks nothing, does nothing twice. A step of its own before the command, because a shell remembers where it found `node`.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createMachine } from './setup-machine.mjs';
import { runSteps, STEPS } from './setup-steps.mjs';

const root = path.resolve(fileURLToPath(import.meta.url), '../..');
// A command whose own output is wanted in a file asks for the steps on the other stream.
const stream = process.argv.includes('--to-stderr') ? process.stderr : process.stdout;
const ready = await runSteps(STEPS, createMachine(root), (line) =>
  stream.write(stream.isTTY ? `\x1b[2K${line}\n` : `${line}\n`),
);
process.exitCode = ready ? 0 : 1;
