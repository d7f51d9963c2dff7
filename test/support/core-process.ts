import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import type { LobbyView } from '../../electron/contract/api-lobby.ts';
import type { ConsoleView, DeskView } from '../../electron/contract/api.ts';
import type { InputOf, Path } from '../../electron/contract/endpoints.ts';
import { FromCore, type Opening } from '../../electron/contract/shell.ts';
import { splitPath, urlOf } from '../../electron/shared/endpoint-url.ts';

const SCRIPT = path.resolve(import.meta.dirname, '../../electron/core/start.ts');
/** Half of a start is compiling: Node keeps that for the next one. */
const COMPILED = { NODE_COMPILE_CACHE: path.join(os.tmpdir(), 'node-compile-cache') };
const token = () => randomBytes(32).toString('base64url');
const tokens = { stage: token(), desk: token(), console: token(), lobby: token() };

/** The core as a process, as the supervisor starts it. */
export interface CoreRun {
  /** How the start went; `exit` when the process ended without a word. */
  first: Extract<FromCore, { type: 'ready' | 'refused' }> | { type: 'exit'; code: number | null };
  port: number;
  pid: number | undefined;
  /** Settles with its exit status. */
  ended: Promise<number | null>;
  stderr(): string;
  /** Status of a sign-in at the desk, and the answer. */
  signIn(personId: string): Promise<{ status: number; answer: unknown }>;
  deskView(): Promise<DeskView>;
  lobbyView(): Promise<LobbyView>;
  /** Unlocks the console and gives its view. */
  consoleView(pin: string): Promise<ConsoleView>;
  post<P extends Path>(path: P, input: InputOf<P>): Promise<Response>;
  /** The next message of this type from the core. */
  next(type: FromCore['type']): Promise<FromCore>;
  /** A message as the supervisor would send it, or as it never would. */
  send(message: object): void;
  kill(): Promise<void>;
  /** Asks it to stop; its exit status. */
  stop(): Promise<number | null>;
}

/** Starts it with a port of 0 as at a first start, with another as at a restart; resolves when it said how it went. */
export async function runCore(options: {
  argv: string[];
  port?: number;
  /** What was chosen on a screen. */
  opening?: Opening;
  env?: NodeJS.ProcessEnv;
  /** A program and its arguments under which the core runs, a tracer for example. */
  under?: string[];
  /** Kills it when this settles, wherever it is then. */
  killWhen?: Promise<unknown>;
}): Promise<CoreRun> {
  const node = [process.execPath, '--no-warnings', SCRIPT];
  const [program, ...args] = [...(options.under ?? []), ...node] as [string, ...string[]];
  const env = { ...COMPILED, ...process.env, ...options.env };
  const child = spawn(program, args, { env, stdio: ['ignore', 'inherit', 'pipe', 'ipc'] });
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  void options.killWhen?.then(() => child.kill('SIGKILL'));
  const first = await new Promise<CoreRun['first']>((resolve) => {
    child.on('message', (raw) => {
      const message = FromCore.parse(raw);
      if (message.type === 'ready' || message.type === 'refused') resolve(message);
    });
    void ended.then((code) => resolve({ type: 'exit', code }));
    child.send({
      type: 'start',
      tokens,
      port: options.port ?? 0,
      shell: 'headless',
      argv: options.argv,
      ...(options.opening ? { opening: options.opening } : {}),
    });
  });
  const port = first.type === 'ready' ? first.port : 0;
  const origin = `http://127.0.0.1:${port}`;
  const post: CoreRun['post'] = (endpoint, input) =>
    fetch(`${origin}${urlOf(endpoint)}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${tokens[splitPath(endpoint).window]}`,
        'content-type': 'application/json',
        origin,
      },
      body: JSON.stringify(input),
    });
  const view = async <V>(role: keyof typeof tokens): Promise<V> => {
    const answer = await fetch(`${origin}/${role}/api/events`, {
      headers: { authorization: `Bearer ${tokens[role]}` },
      signal: AbortSignal.timeout(10_000),
    });
    let text = '';
    for await (const part of answer.body ?? []) {
      text += Buffer.from(part as Uint8Array).toString('utf8');
      const data = /^data: (.+)$/mu.exec(text)?.[1];
      if (data && text.includes('\n\n')) return JSON.parse(data) as V;
    }
    throw new Error(`the core ended the ${role} event stream`);
  };
  /** The sitting the hall was in at the first sign-in. */
  let sittingId = '';
  return {
    first,
    port,
    pid: child.pid,
    ended,
    stderr: () => stderr,
    post,
    signIn: async (personId) => {
      sittingId ||= (await view<DeskView>('desk')).sitting?.id ?? '';
      const answer = await post('desk/sign-in', { sittingId, personId, method: 'list' });
      return { status: answer.status, answer: await answer.json() };
    },
    deskView: () => view<DeskView>('desk'),
    lobbyView: () => view<LobbyView>('lobby'),
    next: (type) =>
      new Promise((resolve) =>
        child.on('message', (raw) => {
          const message = FromCore.parse(raw);
          if (message.type === type) resolve(message);
        }),
      ),
    consoleView: async (pin) => {
      await (await post('console/unlock', { pin, role: 'technician' })).arrayBuffer();
      return view<ConsoleView>('console');
    },
    send: (message) => void child.send(message),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    stop: async () => {
      if (child.connected) child.send({ type: 'stop' });
      return ended;
    },
  };
}
