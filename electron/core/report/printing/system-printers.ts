import { CupsPrinters } from './cups-printers.ts';
import { NO_PRINTERS, type Printers } from './printers.ts';
import { runProgram } from './run-program.ts';
import { WindowsPrinters } from './windows-printers.ts';

/** Printing by CUPS on Linux and macOS, by PowerShell on Windows (never run there yet). */
export function systemPrinters(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): Printers {
  if (platform === 'win32') return new WindowsPrinters((program, args, how) => runProgram(program, args, how, env));
  if (platform === 'linux' || platform === 'darwin')
    return new CupsPrinters((program, args, how) => runProgram(program, args, how, { ...env, ...PLAIN_WORDS }));
  return NO_PRINTERS;
}

/** The programs of CUPS speak English, with names of printers in UTF-8. */
const PLAIN_WORDS = { LC_ALL: 'C.UTF-8', LANG: 'C.UTF-8', LANGUAGE: 'C' };
