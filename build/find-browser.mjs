import fs from 'node:fs';
import path from 'node:path';

/** Where Edge, Chrome and Chromium install themselves. Edge first on Windows, where it is always there; Chromium first on Linux. */
function places(platform, env) {
  if (platform === 'win32') {
    const roots = [env['PROGRAMFILES(X86)'], env.PROGRAMFILES, env.LOCALAPPDATA].filter(Boolean);
    const programs = [
      'Microsoft\\Edge\\Application\\msedge.exe',
      'Google\\Chrome\\Application\\chrome.exe',
      'Chromium\\Application\\chrome.exe',
    ];
    return programs.flatMap((program) => roots.map((root) => path.win32.join(root, program)));
  }
  if (platform === 'darwin') {
    const programs = ['Google Chrome', 'Microsoft Edge', 'Chromium'];
    const roots = ['/Applications', path.posix.join(env.HOME ?? '/', 'Applications')];
    return programs.flatMap((name) => roots.map((root) => `${root}/${name}.app/Contents/MacOS/${name}`));
  }
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
    'microsoft-edge-stable',
    'microsoft-edge',
  ];
  const folders = [
    '/usr/bin',
    '/usr/local/bin',
    '/snap/bin',
    ...(env.PATH ?? '').split(':').filter((f) => f.startsWith('/')),
  ];
  return [
    ...names.flatMap((name) => folders.map((folder) => `${folder}/${name}`)),
    '/opt/google/chrome/chrome',
    '/opt/microsoft/msedge/msedge',
  ];
}

function isFile(file) {
  try {
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * Path of a browser that can show the windows (Edge, Chrome or Chromium), or null. `KIOSK_BROWSER` goes first.
 * The arguments are for tests.
 */
export function findBrowser({ platform = process.platform, env = process.env, exists = isFile } = {}) {
  if (env.KIOSK_BROWSER && exists(env.KIOSK_BROWSER)) return env.KIOSK_BROWSER;
  return places(platform, env).find((place) => exists(place)) ?? null;
}
