import { spawn } from 'node:child_process';

/** How a program of the system ended; `missing`: there is none of that name. */
export type ProgramEnd =
  | { ended: 'exit'; status: number; out: string; errors: string }
  | { ended: 'missing' }
  | { ended: 'too_late' };

export interface ProgramInput {
  /** Written to its standard input. */
  input?: Uint8Array;
  /** Added to its environment. */
  env?: Readonly<Record<string, string>>;
  /** Longest wait; the program is then killed. Milliseconds. */
  withinMs: number;
}

export type RunProgram = (program: string, args: readonly string[], how: ProgramInput) => Promise<ProgramEnd>;

/** No program that is asked here says more. */
const MOST_OUT_CHARS = 512 * 1024;

/** Runs a program of the system without a shell, so that nothing in a name can be a command. Never rejects. */
export function runProgram(
  program: string,
  args: readonly string[],
  { input, env, withinMs }: ProgramInput,
  base: NodeJS.ProcessEnv,
): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    const child = spawn(program, [...args], { env: { ...base, ...env }, windowsHide: true });
    let out = '';
    let errors = '';
    const end = (how: ProgramEnd): void => {
      clearTimeout(timer);
      resolve(how);
    };
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      end({ ended: 'too_late' });
    }, withinMs);
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out = `${out}${text}`.slice(0, MOST_OUT_CHARS)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors = `${errors}${text}`.slice(0, 4_000)));
    child.on('error', () => end({ ended: 'missing' }));
    child.on('close', (status) => end({ ended: 'exit', status: status ?? 1, out, errors }));
    // A program that ends before it has read everything says why by its status.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
