import { spawn } from 'node:child_process';
import { CLOSE, describeRefusal, RETRY, TITLE } from './refusal.ts';
import type { Refusal, RefusalAnswer, ShowRefusal } from './refusal.ts';

/** A program of the system that shows a question, and the ends of it that mean "try again". */
interface Asker {
  command: string;
  args: string[];
  env?: Record<string, string>;
  isRetry(status: number | null, output: string): boolean;
  /** An end that is no answer: the program could not show anything. */
  isFailure(status: number | null): boolean;
}

/** Programs that may be there, best first. The text is handed over as one argument or in the environment, never as code. */
export function listAskers(refusal: Refusal, platform: string): Asker[] {
  const { vi, en, detail } = describeRefusal(refusal);
  const text = [vi, en, ...(detail === null ? [] : [detail])].join('\n\n');
  const retry = `${RETRY.vi} / ${RETRY.en}`;
  const close = `${CLOSE.vi} / ${CLOSE.en}`;
  if (platform === 'win32') {
    const script =
      "Add-Type -AssemblyName System.Windows.Forms; if ([System.Windows.Forms.MessageBox]::Show($env:KIOSK_NOTICE, 'Diem cau', 'RetryCancel', 'Warning') -eq 'Retry') { exit 10 } else { exit 11 }";
    return [
      {
        command: 'powershell.exe',
        args: ['-NoProfile', '-NonInteractive', '-WindowStyle', 'Hidden', '-Command', script],
        env: { KIOSK_NOTICE: text },
        isRetry: (status) => status === 10,
        isFailure: (status) => status !== 10 && status !== 11,
      },
    ];
  }
  if (platform === 'darwin') {
    const dialog = `display dialog (item 1 of argv) with title "${TITLE}" buttons {"${close}", "${retry}"} default button 2`;
    return [
      {
        command: 'osascript',
        args: ['-e', 'on run argv', '-e', dialog, '-e', 'end run', text],
        isRetry: (status, output) => status === 0 && output.includes(RETRY.vi),
        isFailure: (status) => status !== 0,
      },
    ];
  }
  const yesNo = {
    isRetry: (status: number | null) => status === 0,
    isFailure: (s: number | null) => s !== 0 && s !== 1,
  };
  const labels = [`--ok-label=${retry}`, `--cancel-label=${close}`];
  return [
    {
      command: 'zenity',
      args: ['--question', '--no-markup', '--width=560', `--title=${TITLE}`, `--text=${text}`, ...labels],
      ...yesNo,
    },
    {
      command: 'kdialog',
      args: ['--title', TITLE, '--yes-label', retry, '--no-label', close, '--yesno', text],
      ...yesNo,
    },
    {
      command: 'xmessage',
      args: ['-center', '-title', TITLE, '-buttons', `${RETRY.en}:10,${CLOSE.en}:11`, text],
      isRetry: (status) => status === 10,
      // 1 is a window that was closed, and a display that could not be opened as well: no reason to try again either way.
      isFailure: (status) => status === null,
    },
  ];
}

/** Shows a refusal by what the system brings, for a PC on which no browser can. */
export function createSystemNotice(platform: string, env: NodeJS.ProcessEnv): ShowRefusal {
  return async (refusal, signal) => {
    for (const asker of listAskers(refusal, platform)) {
      const answer = await ask(asker, env, signal);
      if (answer !== null) return answer;
    }
    return null;
  };
}

function ask(asker: Asker, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<RefusalAnswer | null> {
  return new Promise((resolve) => {
    const child = spawn(asker.command, asker.args, {
      env: { ...env, ...asker.env },
      stdio: ['ignore', 'pipe', 'ignore'],
      windowsHide: true,
      signal,
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    // Not installed, or ended with us.
    child.on('error', () => resolve(signal.aborted ? 'close' : null));
    child.on('close', (status) => {
      if (asker.isFailure(status)) resolve(null);
      else resolve(asker.isRetry(status, output) ? 'retry' : 'close');
    });
  });
}
