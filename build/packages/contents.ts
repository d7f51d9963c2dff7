/** The packages that hold the kiosk's files. The first two bring their own Node and use the PC's browser. */
export type Variant = 'linux' | 'win' | 'electron-linux' | 'electron-win';

/** One line of the list: a path from the program's folder, `*` within a name, `**` for any depth. */
export interface ContentsLine {
  path: string;
  /** Only in these packages; without it in all. */
  only?: readonly Variant[];
}

const OWN_NODE = ['linux', 'win'] as const;
const ELECTRON = ['electron-linux', 'electron-win'] as const;
const ON_LINUX = ['linux', 'electron-linux'] as const;
const ON_WINDOWS = ['win', 'electron-win'] as const;

/** Packages that the core loads, with what those load; Electron's package has no others. */
export const ELECTRON_MODULES: readonly string[] = [
  '@hono/node-server',
  '@pinojs/redact',
  'atomic-sleep',
  'better-sqlite3',
  'canonicalize',
  'hono',
  'hucre',
  'iconv-lite',
  'jose',
  'jsonc-parser',
  'on-exit-leak-free',
  'pino',
  'pino-abstract-transport',
  'pino-std-serializers',
  'process-warning',
  'quick-format-unescaped',
  'real-require',
  'safe-stable-stringify',
  'safer-buffer',
  'sonic-boom',
  'split2',
  'thread-stream',
  'undici',
  'uqr',
  'zod',
];

/** What drives the PC's browser; Electron needs none of it. */
const BROWSER_MODULES = [
  '@puppeteer/browsers',
  'chromium-bidi',
  'devtools-protocol',
  'escalade',
  'get-caller-file',
  'get-east-asian-width',
  'mitt',
  'modern-tar',
  'puppeteer-core',
  'typed-query-selector',
  'webdriver-bidi-protocol',
  'ws',
  'y18n',
];

/** Wanted by another package only when it is compiled, which nothing here is. */
export const LEFT_OUT: readonly string[] = ['node-addon-api'];

/**
 * Everything that a package may hold. A file that fits no line, and a line that fits no file, fails test/build: then
 * either the package is wrong or a line is to be changed here.
 */
export const CONTENTS: readonly ContentsLine[] = [
  { path: 'package.json' },
  { path: 'LICENSE' },
  { path: 'dist/core/start.js' },
  { path: 'dist/core/recover.js' },
  { path: 'dist/core/copy-worker.js' },
  { path: 'dist/core/roster-worker.js' },
  { path: 'dist/core/fonts/tinos-*.woff2' },
  { path: 'dist/core/fonts/STIXTwoText_*.ttf' },
  { path: 'dist/chunks/*.js' },
  { path: 'dist/shells/start.js', only: OWN_NODE },
  { path: 'dist/shells/electron.js', only: ELECTRON },
  { path: 'dist/renderer/stage/index.html' },
  { path: 'dist/renderer/desk/index.html' },
  { path: 'dist/renderer/console/index.html' },
  { path: 'dist/renderer/lobby/index.html' },
  { path: 'dist/renderer/assets/*.js' },
  { path: 'dist/renderer/assets/*.css' },
  { path: 'dist/renderer/assets/*.woff2' },
  { path: 'electron/core/rehearsal/media/*' },
  ...ELECTRON_MODULES.map((name) => ({ path: `node_modules/${name}/**` })),
  ...BROWSER_MODULES.map((name) => ({ path: `node_modules/${name}/**`, only: OWN_NODE })),
  { path: 'node_modules/better-sqlite3/prebuilds/linux-x64.node', only: ON_LINUX },
  { path: 'node_modules/better-sqlite3/prebuilds/win32-x64.node', only: ON_WINDOWS },
  { path: 'node/node', only: ['linux'] },
  { path: 'node/node.exe', only: ['win'] },
  { path: 'node/LICENSE', only: OWN_NODE },
  { path: 'autostart/autostart.sh', only: ['linux'] },
  { path: 'autostart/autostart.cmd', only: ['win'] },
  { path: 'lockdown/README.md', only: OWN_NODE },
  { path: 'lockdown/lockdown.sh', only: ['linux'] },
  { path: 'lockdown/session.sh', only: ['linux'] },
  { path: 'lockdown/openbox.xml', only: ['linux'] },
  { path: 'lockdown/lockdown.mjs', only: ['win'] },
  { path: 'lockdown/lockdown.cmd', only: ['win'] },
  { path: 'lockdown/enterprise-on.ps1', only: ['win'] },
  { path: 'lockdown/enterprise-off.ps1', only: ['win'] },
  { path: 'venue-kiosk.exe', only: ['win'] },
];

/** Never in a package, whatever the list says: other systems' programs, sources, what only an editor reads. */
const NEVER = [
  /\.(?:map|d\.[cm]?ts|[cm]?ts|tsx|markdown|md|flow|gypi?|c|cc|cpp|h|woff)$/iu,
  /^node_modules\/.+\.html$/iu,
  /(?:^|\/)(?:\.[^/]+|tests?|__tests__|docs?|examples?|benchmarks?|bench|deps)\//iu,
  /(?:^|\/)(?:\.[^/]+|tsconfig[^/]*\.json|package-lock\.json|yarn\.lock)$/iu,
  /\/better-sqlite3\/src\//u,
];
const DESPITE = /^(?:electron\/core\/rehearsal\/media|lockdown)\//u;

/** Whether a file of the tree may go into a package; prebuilt programs only of the package's own system. */
export function isWanted(file: string, variant: Variant): boolean {
  const native = /\/prebuilds\/(.+)\.node$/u.exec(file)?.[1];
  if (native) return native === (variant.endsWith('win') ? 'win32-x64' : 'linux-x64');
  return DESPITE.test(file) || !NEVER.some((pattern) => pattern.test(file));
}

/** Compares the files of a package, as paths with `/`, with the list; both answers are empty when it fits exactly. */
export function compareContents(
  files: readonly string[],
  variant: Variant,
): { unlisted: string[]; missing: string[]; unwanted: string[] } {
  const lines = CONTENTS.filter((line) => !line.only || line.only.includes(variant)).map((line) => ({
    line: line.path,
    pattern: patternOf(line.path),
  }));
  return {
    unlisted: files.filter((file) => !lines.some(({ pattern }) => pattern.test(file))),
    missing: lines.filter(({ pattern }) => !files.some((file) => pattern.test(file))).map(({ line }) => line),
    unwanted: files.filter((file) => !isWanted(file, variant)),
  };
}

/** A line of the list as a pattern for whole paths. */
export function patternOf(line: string): RegExp {
  const parts = line.split(/(\*\*|\*)/u).map((part) => {
    if (part === '**') return '.+';
    return part === '*' ? '[^/]+' : RegExp.escape(part);
  });
  return new RegExp(`^${parts.join('')}$`, 'u');
}
