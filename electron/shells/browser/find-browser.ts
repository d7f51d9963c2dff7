import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import path from 'node:path';

/** What of the machine decides where a browser may be. */
export interface Machine {
  platform: string;
  env: Record<string, string | undefined>;
}

const ON_PATH = [
  'microsoft-edge-stable',
  'microsoft-edge',
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
];

const ON_WINDOWS = [
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
];

const ON_MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Places where a browser may be, best first: Edge on Windows; Edge, Chrome or Chromium from the path elsewhere. */
export function listBrowserPlaces({ platform, env }: Machine): string[] {
  if (platform === 'win32') {
    const roots = [env['ProgramFiles(x86)'], env['ProgramFiles'], env['LOCALAPPDATA']].filter((r) => r !== undefined);
    return ON_WINDOWS.flatMap((parts) => roots.map((root) => path.win32.join(root, ...parts)));
  }
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((f) => f.length > 0);
  const onPath = ON_PATH.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return platform === 'darwin' ? [...ON_MAC, ...onPath] : onPath;
}

/** The first place that holds a program, or null. */
export function findBrowser(machine: Machine): string | null {
  return findBrowsers(machine)[0] ?? null;
}

/** Every browser that is there, best first; two names of one program count once. */
export function findBrowsers(machine: Machine): string[] {
  const programs = listBrowserPlaces(machine).filter(isProgram);
  const real = programs.map((file) => realpathSync(file));
  return programs.filter((_, i) => real.indexOf(real[i]!) === i);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
