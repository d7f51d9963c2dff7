import path from 'node:path';
import { isNodeEnough, listNodes, NODE_NEEDED, NODE_QUESTION } from './find-node.mjs';

const OLDEST_NODE = 20;
/** Facts worth remembering between runs; npm removes them together with what they describe. */
const STAMP = 'node_modules/.venue-setup.json';
const BUILD_STAMP = 'dist/.stamp';
const SOURCES = ['electron', 'renderer', 'build/vite.config.ts', 'package-lock.json'];
const BUILT_FOLDERS = ['dist/core', 'dist/shells', 'dist/chunks', 'dist/renderer'];
const BUILT = ['dist/core/start.js', 'dist/shells/start.js', 'dist/renderer/stage/index.html'];
const NETWORK_FAULT = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET|network/i;

const good = (line) => ({ ok: true, line });
const bad = (sentence, next, details = '') => ({ ok: false, sentence, next, details });
const lastLines = (text, count) => text.trimEnd().split('\n').slice(-count).join('\n');
/** The end of a tool's complaint without its stack. */
const complaint = (text) => lastLines(text.replace(/^ +at .*\n?/gm, ''), 15);
const seconds = (ms) => `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;

function readJson(machine, file) {
  try {
    return JSON.parse(machine.read(file) ?? 'null');
  } catch {
    return null;
  }
}

function checkNode(machine) {
  if (Number.parseInt(machine.nodeVersion, 10) >= OLDEST_NODE) return good(`${machine.nodeVersion} runs the set-up`);
  return bad(
    `Node ${machine.nodeVersion} is too old.`,
    `Install Node ${NODE_NEEDED} from https://nodejs.org and run the command again.`,
  );
}

/** Compares what npm says it installed with the lockfile, so that no second install follows an `npm ci` by hand. */
function arePackagesCurrent(machine) {
  const wanted = readJson(machine, 'package-lock.json')?.packages ?? {};
  const installed = readJson(machine, 'node_modules/.package-lock.json')?.packages;
  if (!installed) return false;
  return Object.entries(wanted).every(([place, { version, integrity, optional, devOptional }]) => {
    if (place === '') return true;
    const found = installed[place];
    // Packages for other systems are left out.
    if (!found) return Boolean(optional || devOptional);
    return found.version === version && found.integrity === integrity;
  });
}

/** The npm that started us, run by its own Node; without one, the npm on the path, which on Windows only a shell can start. */
function npmCommand(machine) {
  const script = machine.env.npm_execpath;
  if (script && /npm-cli\.c?js$/.test(script))
    return { command: machine.env.npm_node_execpath ?? machine.execPath, first: [script], shell: false };
  return { command: 'npm', first: [], shell: machine.platform === 'win32' };
}

function explainNpm({ status, output, ended }) {
  const details = lastLines(output, 12);
  if (status === null && !ended)
    return bad('npm was not found.', 'Install Node with npm from https://nodejs.org.', details);
  if (ended) return bad('npm did not finish in 20 minutes.', 'Check the network and run the command again.', details);
  if (/EUSAGE/.test(output))
    return bad('package-lock.json does not fit package.json.', 'Take both files from the same commit.', details);
  if (/ENOSPC/.test(output)) return bad('The disk is full.', 'Free at least 2 GB and run the command again.', details);
  if (/EBUSY|EPERM|EACCES/.test(output))
    return bad(
      'A file in node_modules is in use or may not be changed.',
      'Close the kiosk and editors, or delete node_modules, and run the command again.',
      details,
    );
  if (NETWORK_FAULT.test(output))
    return bad(
      'The packages could not be downloaded.',
      'Check the network (npm ping), set a proxy if there is one (npm config set proxy), and run the command again.',
      details,
    );
  return bad(`npm ended with status ${status}.`, 'Read the lines above, then run the command again.', details);
}

async function installPackages(machine) {
  if (arePackagesCurrent(machine)) return good('as in the lockfile');
  machine.tell('Packages: installing, about a minute on a good line');
  const startedAt = machine.now();
  const { command, first, shell } = npmCommand(machine);
  // Windows cannot delete a node.exe that is running this very script, so there npm changes only what differs.
  const inUse = machine.platform === 'win32' && machine.execPath.startsWith(path.resolve(machine.root, 'node_modules'));
  const verb = inUse ? ['install', '--no-save'] : ['ci'];
  const args = [...first, ...verb, '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const result = await machine.run(command, args, { limitMs: 1_200_000, shell });
  if (result.status !== 0) return explainNpm(result);
  return good(`installed from the lockfile in ${seconds(machine.now() - startedAt)}`);
}

const nodeCommand = ({ platform }) => `node_modules/.bin/node${platform === 'win32' ? '.cmd' : ''}`;

async function findScriptsNode(machine, found) {
  for (const [i, file] of listNodes(machine).entries()) {
    if (!machine.exists(file)) continue;
    const { status, output } = await machine.run(file, NODE_QUESTION, { limitMs: 20_000 });
    if (status !== 0 || !isNodeEnough(output)) continue;
    found.node = file;
    // Scripts of package.json call `node`. npm 10 drops this link when it drops the same command of another system's package.
    if (i === 0 && !machine.exists(nodeCommand(machine))) machine.linkCommand(nodeCommand(machine), file);
    return good(`${output.trim().split(' ')[0]} ${i === 0 ? 'from the packages' : 'of this computer'}`);
  }
  return bad(
    `The kiosk needs Node ${NODE_NEEDED} or newer; this computer has ${machine.nodeVersion}, and none came with the packages for ${machine.platform} ${machine.arch}.`,
    `Install Node ${NODE_NEEDED} from https://nodejs.org and run the command again.`,
  );
}

/** Opens a database: the native part does not load everywhere (it needs glibc 2.34, for example), and better now than in the hall. */
async function checkDatabase(machine, found) {
  const script =
    "const D = require('better-sqlite3'); console.log(new D(':memory:').prepare('select sqlite_version()').pluck().get())";
  const { status, output } = await machine.run(found.node, ['-e', script], { limitMs: 20_000 });
  if (status === 0) return good(`SQLite ${output.trim()}`);
  return bad(
    'SQLite does not load on this computer.',
    'The kiosk needs Windows 10, macOS 12, Debian 12 or Ubuntu 22.04, or newer; on those, delete node_modules and run the command again.',
    lastLines(output, 6),
  );
}

function getElectron(machine) {
  const program = machine.read('node_modules/electron/path.txt')?.trim();
  const folder = machine.env.ELECTRON_OVERRIDE_DIST_PATH ?? 'node_modules/electron/dist';
  return program && machine.exists(path.join(folder, program)) ? program : null;
}

/** Tries to download Electron's program once; a network that does not allow it is remembered, so that no later run waits. */
async function downloadElectron(machine, found) {
  const { env } = machine;
  if (env.ELECTRON_SKIP_BINARY_DOWNLOAD || env.CI || !machine.exists('node_modules/electron/install.js')) return;
  const stamp = readJson(machine, STAMP) ?? {};
  const version = readJson(machine, 'node_modules/electron/package.json')?.version;
  if (stamp.electronRefused === version) return;
  machine.tell('Shell: trying to download Electron');
  const temp = machine.makeTempFolder();
  try {
    const { status } = await machine.run(found.node, ['node_modules/electron/install.js'], {
      env: { ...env, TMPDIR: temp, TMP: temp, TEMP: temp, ELECTRON_GET_NO_PROGRESS: '1' },
      limitMs: 900_000,
      idle: { folders: [temp, path.join(machine.root, 'node_modules/electron/dist')], limitMs: 20_000 },
    });
    if (status !== 0) machine.write(STAMP, `${JSON.stringify({ ...stamp, electronRefused: version })}\n`);
  } finally {
    machine.remove(temp);
  }
}

async function installBrowser(machine) {
  machine.tell('Shell: installing Chromium with apt-get');
  const env = { ...machine.env, DEBIAN_FRONTEND: 'noninteractive' };
  const update = await machine.run('apt-get', ['update'], { env, limitMs: 180_000 });
  const install = await machine.run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
    env,
    limitMs: 900_000,
  });
  return lastLines(`${update.output}\n${install.output}`, 8);
}

/** What to do where no window can be opened, by system. */
function browserAdvice({ platform, exists }) {
  if (platform === 'win32') return 'Install Microsoft Edge or Google Chrome and run the command again.';
  if (platform === 'darwin') return 'Install Google Chrome and run the command again.';
  const command = exists('/etc/debian_version') ? ' (sudo apt-get install chromium)' : '';
  return `Install Chromium, Chrome or Edge${command}, or set KIOSK_BROWSER to its path, and run the command again.`;
}

async function findShell(machine, found) {
  if (!getElectron(machine)) await downloadElectron(machine, found);
  if (getElectron(machine)) return good('Electron');
  const browser = machine.findBrowser();
  if (browser) return good(`${browser} (Electron's program is not here)`);
  let details = '';
  if (machine.platform === 'linux' && machine.isRoot && machine.exists('/etc/debian_version')) {
    details = await installBrowser(machine);
    const installed = machine.findBrowser();
    if (installed) return good(`${installed}, installed now`);
  }
  return bad('There is neither Electron nor a browser to show the windows.', browserAdvice(machine), details);
}

/**
 * What of the last build is not as it was written, null when all is. A power cut soon after a build leaves files of the right
 * name and time that are empty, so contents are compared.
 */
function findDamage(machine, stamp) {
  const now = machine.listHashes(BUILT_FOLDERS);
  const wrong = Object.entries(stamp.files ?? {}).find(([file, hash]) => now[file] !== hash);
  if (wrong) return wrong[0];
  return BUILT.find((file) => stamp.files?.[file] === undefined) ?? null;
}

async function build(machine, found) {
  const hash = machine.hash(SOURCES);
  const stamp = readJson(machine, BUILD_STAMP);
  const damage = stamp?.sources === hash ? findDamage(machine, stamp) : null;
  if (stamp?.sources === hash && damage === null) return good('up to date');
  // Without the stamp a build that is cut off cannot pass for a whole one.
  machine.remove(BUILD_STAMP);
  // Their names carry a hash, so old ones would pile up.
  machine.remove('dist/chunks');
  machine.tell('Build: running');
  const startedAt = machine.now();
  const args = [
    'node_modules/vite/bin/vite.js',
    'build',
    '--app',
    '--config',
    'build/vite.config.ts',
    '--logLevel',
    'warn',
  ];
  const { status, output } = await machine.run(found.node, args, {
    env: { ...machine.env, NODE_ENV: 'production' },
  });
  if (status !== 0)
    return bad(
      'The kiosk could not be built from its sources.',
      'Read the lines above; `git status` shows changed files.',
      complaint(output),
    );
  const missing = BUILT.find((file) => !machine.exists(file));
  if (missing)
    return bad(`The build made no ${missing}.`, 'Compare build/vite.config.ts with the sources.', complaint(output));
  machine.sync(BUILT_FOLDERS);
  machine.write(BUILD_STAMP, `${JSON.stringify({ sources: hash, files: machine.listHashes(BUILT_FOLDERS) })}\n`);
  machine.sync([BUILD_STAMP]);
  const why = damage === null ? '' : `, because ${damage} was not as it was built`;
  return good(`done in ${seconds(machine.now() - startedAt)}${why}`);
}

/** The steps in order. Each answers `{ ok: true, line }` or `{ ok: false, sentence, next, details }` and may leave facts in `found`. */
export const STEPS = [
  { name: 'Node', run: checkNode },
  { name: 'Packages', run: installPackages },
  { name: 'Node for the kiosk', run: findScriptsNode },
  { name: 'Database', run: checkDatabase },
  { name: 'Shell', run: findShell },
  { name: 'Build', run: build },
];

/** Runs the steps until one fails; prints one line for each. Answers whether all is well. */
export async function runSteps(steps, machine, print) {
  const found = {};
  for (const step of steps) {
    const outcome = await step.run(machine, found);
    if (outcome.ok) {
      print(`✓ ${step.name}: ${outcome.line}`);
      continue;
    }
    if (outcome.details) print(outcome.details);
    print(`✗ ${step.name}: ${outcome.sentence} ${outcome.next}`);
    return false;
  }
  return true;
}
