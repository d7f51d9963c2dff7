import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { ConsoleView } from '../../../electron/contract/api.ts';
import type { AnswerOf, InputOf, Path } from '../../../electron/contract/endpoints.ts';
import { FromCore } from '../../../electron/contract/shell.ts';
import { splitPath, urlOf } from '../../../electron/shared/endpoint-url.ts';
import { waitFor } from '../proof/rows.ts';
import type { Wine } from './wine.ts';

const token = () => randomBytes(32).toString('base64url');

/** The installed core under Wine, asked over HTTP from this computer. */
export class InstalledCore {
  readonly #wine: Wine;
  readonly #options: { program: string; folder: string; argv: string[] };
  readonly #tokens = { stage: token(), desk: token(), console: token(), lobby: token() };
  #exchange = '';
  #port = 0;
  #runs = 0;

  /** `program` is where the kiosk was installed, as a Windows path; `folder` is of this computer. */
  constructor(wine: Wine, options: { program: string; folder: string; argv: string[] }) {
    this.#wine = wine;
    this.#options = options;
  }

  /** What the starter saw of the installed Node. */
  starter(): Record<string, string> {
    return this.#said().find((line) => line['type'] === 'starter') as Record<string, string>;
  }

  /** Starts it as the supervisor does, with the same tokens and the port of before; the version it says. */
  async start(): Promise<string> {
    const { program, folder, argv } = this.#options;
    this.#runs += 1;
    this.#exchange = path.join(folder, `run-${this.#runs}`);
    fs.mkdirSync(this.#exchange, { recursive: true });
    const message = { type: 'start', tokens: this.#tokens, port: this.#port, shell: 'browser', argv };
    const start = { script: `${program}\\dist\\core\\start.js`, message };
    fs.writeFileSync(path.join(this.#exchange, 'start.json'), JSON.stringify(start));
    const windows = (file: string) => `Z:${file.replaceAll('/', '\\')}`;
    const starter = windows(path.join(import.meta.dirname, 'starter.mjs'));
    this.#wine.start([`${program}\\node\\node.exe`, starter, windows(this.#exchange)]);
    const first = await waitFor(
      'the core to say how its start went',
      () => this.#said().find((line) => ['ready', 'refused', 'error', 'exit'].includes(String(line['type']))),
      180_000,
    );
    if (first['type'] !== 'ready') throw new Error(`${JSON.stringify(first)} ${this.log()}`);
    const ready = FromCore.parse(first);
    if (ready.type !== 'ready') throw new Error(JSON.stringify(first));
    this.#port = ready.port;
    return ready.version;
  }

  log(): string {
    return fs.readFileSync(path.join(this.#exchange, 'core.log'), 'utf8');
  }

  /** Ends its process at once, or asks it to stop; how it ended. */
  async end(order: 'kill' | 'stop'): Promise<string> {
    fs.writeFileSync(path.join(this.#exchange, order), '');
    const exit = await waitFor('the core to end', () => this.#said().find((line) => line['type'] === 'exit'), 60_000);
    return `status ${String(exit['code'])}, signal ${String(exit['signal'])}`;
  }

  /** What a window asks of the core; the answer is as the contract says. */
  async ask<P extends Path>(endpoint: P, input: InputOf<P>): Promise<AnswerOf<P>> {
    const origin = `http://127.0.0.1:${this.#port}`;
    const answer = await fetch(`${origin}${urlOf(endpoint)}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.#tokens[splitPath(endpoint).window]}`,
        'content-type': 'application/json',
        origin,
      },
      body: JSON.stringify(input),
    });
    return (await answer.json()) as AnswerOf<P>;
  }

  /** What the console sees now; unlocks it first. */
  async consoleView(pin: string): Promise<ConsoleView> {
    await this.ask('console/unlock', { pin, role: 'technician' });
    const answer = await fetch(`http://127.0.0.1:${this.#port}/console/api/events`, {
      headers: { authorization: `Bearer ${this.#tokens.console}` },
      signal: AbortSignal.timeout(10_000),
    });
    let text = '';
    for await (const part of answer.body ?? []) {
      text += Buffer.from(part as Uint8Array).toString('utf8');
      const data = /^data: (.+)$/mu.exec(text)?.[1];
      if (data && text.includes('\n\n')) return JSON.parse(data) as ConsoleView;
    }
    throw new Error('the core ended the event stream');
  }

  #said(): Record<string, unknown>[] {
    const file = path.join(this.#exchange, 'said.jsonl');
    if (!fs.existsSync(file)) return [];
    return fs
      .readFileSync(file, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }
}
