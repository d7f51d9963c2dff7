/**
 * Proof of the Debian package: `npm run test:deb -- [--deb FILE] [--minutes 4] [--json FILE]`. Needs Debian or Ubuntu and root, because
 * it installs. Builds the package (or takes the given one), installs it with apt, makes an ordinary user, starts the menu entry's
 * command on a display of its own, works it with keys through a rehearsal to the verified receipt, installs over itself meanwhile, removes
 * and purges. What is installed before is removed; the user and its home are removed at the end.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { compareContents } from '../../../build/packages/contents.ts';
import { buildDeb } from '../../../build/packages/deb.ts';
import { listFiles } from '../../../build/packages/folder.ts';
import { CannotBuild, findProgram } from '../../../build/packages/programs.ts';
import { must, NotHere, Rows } from '../proof/rows.ts';
import { KioskOnScreen } from './kiosk-on-screen.ts';
import { judgeSandbox } from './sandbox.ts';
import { ProofUser } from './user.ts';

const { values } = parseArgs({
  options: { deb: { type: 'string' }, minutes: { type: 'string', default: '4' }, json: { type: 'string' } },
});
const NAME = 'venue-kiosk';
const PROGRAM = '/opt/venue-kiosk';
const OPTIONS = '/etc/venue-kiosk/start-options';
const MENU = '/usr/share/applications/venue-kiosk.desktop';
const TOOLS = ['lintian', 'xvfb', 'openbox', 'xdotool', 'desktop-file-utils', 'man-db'];
const temp = fs.mkdtempSync(path.join(os.tmpdir(), 'kiosk-deb-'));
const rows = new Rows();

function apt(...args: string[]): string {
  const ended = spawnSync('apt-get', ['-y', '--no-install-recommends', ...args], {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (ended.status !== 0) throw new Error(`apt-get ${args.join(' ')}: ${ended.stderr.trim().split('\n').at(-1)}`);
  return ended.stdout;
}
const isInstalled = () => spawnSync('dpkg', ['-s', NAME], { stdio: 'ignore' }).status === 0;

if (!findProgram('apt-get') || process.getuid?.() !== 0) {
  console.log(
    'The proof of the Debian package needs Debian or Ubuntu, and root because it installs and removes the package.',
  );
  process.exit(69);
}
let user: ProofUser | null = null;
try {
  user = await prove();
} catch (cause) {
  if (!(cause instanceof CannotBuild)) throw cause;
  console.log(cause.message);
} finally {
  await user?.remove();
  if (isInstalled()) apt('purge', NAME);
  fs.rmSync(temp, { recursive: true, force: true });
}
process.exitCode = rows.close(values.json);

async function prove(): Promise<ProofUser> {
  let deb = values.deb ? path.resolve(values.deb) : '';
  await rows.row('the package is built', async () => {
    if (!deb) deb = await buildDeb(path.join(temp, 'out'), temp);
    // The package manager reads it as another user.
    fs.chmodSync(temp, 0o755);
    const mb = fs.statSync(deb).size / 1e6;
    must(mb <= 130, `${mb.toFixed(1)} MB are more than 130`);
    return `${mb.toFixed(1)} MB`;
  });
  await rows.row('tools of this proof are here', () => {
    apt('install', ...TOOLS);
    return TOOLS.join(', ');
  });
  await rows.row('lintian finds only what is listed with a reason', () => checkLintian(deb));
  if (isInstalled()) apt('purge', NAME);
  const before = listSystem();
  await rows.row('apt installs it', () => {
    apt('install', deb);
    const version = execFileSync('dpkg-query', ['-W', '-f', '${Version}', NAME], { encoding: 'utf8' });
    return `${NAME} ${version}`;
  });
  await rows.row('what is installed is what was listed, and belongs to root', checkFiles);
  await rows.row('menu entry and manual are read by the system', () => {
    execFileSync('desktop-file-validate', [MENU]);
    const manual = spawnSync('man', ['-w', NAME], { encoding: 'utf8' });
    // A small system keeps no manuals.
    if (manual.status !== 0) throw new NotHere('this system leaves manuals out');
    return manual.stdout.trim();
  });
  const user = new ProofUser(90 + (process.pid % 9));
  try {
    await proveSession(user, deb);
    await proveRemoval(user, before);
  } catch (cause) {
    await user.remove();
    throw cause;
  }
  return user;
}

function checkLintian(deb: string): string {
  const args = ['--allow-root', '--tag-display-limit', '0', '--show-overrides', deb];
  const lines = spawnSync('lintian', args, { encoding: 'utf8' }).stdout.split('\n');
  const errors = lines.filter((line) => line.startsWith('E:'));
  must(errors.length === 0, errors.slice(0, 3).join(' '));
  const excepted = lines.filter((line) => line.startsWith('O:'));
  must(excepted.length > 0, 'control: it does not even name what is listed');
  const tags = new Set(excepted.map((line) => line.split(' ')[2]));
  return `0 errors; ${excepted.length} listed exceptions (${[...tags].join(', ')})`;
}

function checkFiles(): string {
  const files = listFiles(PROGRAM);
  const { unlisted, missing, unwanted } = compareContents(files, 'linux');
  const wrong = [...unlisted, ...missing, ...unwanted];
  must(wrong.length === 0, wrong.slice(0, 5).join(', '));
  const all = execFileSync('dpkg', ['-L', NAME], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .filter((line) => line.length > 3);
  for (const file of all) {
    const { uid, gid, mode } = fs.lstatSync(file);
    must(uid === 0 && gid === 0 && (mode & 0o022) === 0 && (mode & 0o6000) === 0, `${file} can be changed by others`);
  }
  return `${files.length} files in ${PROGRAM}, ${all.length} in all`;
}

async function proveSession(user: ProofUser, deb: string): Promise<void> {
  const kiosk = new KioskOnScreen(user);
  const help = user.run('venue-kiosk --help').output;
  fs.appendFileSync(OPTIONS, KioskOnScreen.options(Number(values.minutes), help));
  const runs = await rows.row('an ordinary user starts it by the menu entry', async () => {
    const command = await kiosk.start();
    return `${user.name}: Exec=${command}`;
  });
  if (!runs) return;
  await rows.row("the browser's sandbox holds", () => checkSandbox(user, kiosk));
  await rows.row('control: a browser without its sandbox is noticed', () => checkControl(user));
  await rows.row('people sign in by keys', async () => {
    const count = await kiosk.signIn(4);
    must(count === 4, `${count} in the database`);
    return `${count} in the database`;
  });
  await rows.row('it is installed over itself while the session is open', async () => {
    const { shell, core } = kiosk.processes();
    apt('install', '--reinstall', deb);
    const now = kiosk.processes();
    must(shell && core && now.shell?.pid === shell.pid && now.core?.pid === core.pid, 'the kiosk did not go on');
    must(fs.readFileSync(OPTIONS, 'utf8').includes('--people='), 'the changed options were lost');
    const count = await kiosk.signIn(3);
    must(count === 7, `${count} in the database`);
    return `same processes, options kept, ${count} in the database after 3 more`;
  });
  await rows.row('a core killed after that comes back from the new files with the same count', async () => {
    const how = await kiosk.killCore();
    const count = await kiosk.signIn(1);
    must(count === 8, `${count} in the database`);
    return `${how}; ${count} after 1 more`;
  });
  await rows.row('the rehearsal ends with a verified receipt', () =>
    kiosk.receipt(Number(values.minutes) * 60_000 + 180_000),
  );
  await rows.row('it ends whole', () => kiosk.stop());
}

/** Namespaces of a process that nobody put into one. */
function outside(): { user: string; pid: string } {
  return { user: fs.readlinkSync('/proc/self/ns/user'), pid: fs.readlinkSync('/proc/self/ns/pid') };
}

function checkSandbox(user: ProofUser, kiosk: KioskOnScreen): string {
  const finding = judgeSandbox(kiosk.processes().browser, outside());
  if (finding.ok) return finding.facts;
  const allowed = user.run('unshare --user true').status === 0;
  if (!allowed)
    throw new NotHere(
      `this system forbids user namespaces to ordinary users, and the browser has no other sandbox: ${finding.why}`,
    );
  throw new Error(finding.why);
}

async function checkControl(user: ProofUser): Promise<string> {
  const browser = ['chromium', 'google-chrome-stable', 'microsoft-edge-stable'].find((name) => findProgram(name));
  must(browser, 'no browser');
  const before = new Set(user.processes().map((one) => one.pid));
  const child = user.start(
    `exec ${browser} --headless=new --no-sandbox --user-data-dir=$HOME/bare about:blank`,
    'bare.log',
  );
  try {
    for (let i = 0; i < 60; i += 1) {
      const started = user.processes().filter((one) => !before.has(one.pid));
      if (started.some((one) => one.command.includes('--type=renderer'))) {
        const finding = judgeSandbox(started, outside());
        must(!finding.ok, 'it was taken for a browser with a sandbox');
        // The flag is not all that would show it.
        const unflagged = started.map((one) => ({
          ...one,
          command: one.command.filter((word) => word !== '--no-sandbox'),
        }));
        const second = judgeSandbox(unflagged, outside());
        must(!second.ok, 'without its flag it was taken for a browser with a sandbox');
        return `${finding.why}; ${second.why}`;
      }
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    throw new Error('the browser did not start');
  } finally {
    for (const one of user.processes()) if (!before.has(one.pid)) spawnSync('kill', ['-9', String(one.pid)]);
    child.kill('SIGKILL');
  }
}

/** Files of the system that a package of this kind could leave. */
function listSystem(): string[] {
  const places = [
    '/opt',
    '/etc/venue-kiosk',
    '/usr/share/applications',
    '/usr/share/lintian/overrides',
    '/usr/share/doc/venue-kiosk',
  ];
  return places.flatMap((place) =>
    fs.existsSync(place) ? listFiles(place).map((file) => path.join(place, file)) : [],
  );
}

async function proveRemoval(user: ProofUser, before: string[]): Promise<void> {
  const data = path.join(user.home, '.local/share/venue-kiosk');
  const sums = () =>
    listFiles(data)
      .map((file) => `${file} ${fs.statSync(path.join(data, file)).size}`)
      .join('\n');
  const kept = sums();
  await rows.row('removing it keeps the data', () => {
    apt('remove', NAME);
    must(!fs.existsSync(PROGRAM), `${PROGRAM} is still there`);
    must(fs.existsSync(OPTIONS), 'the options of the owner are gone');
    must(kept.includes('kiosk.db') && sums() === kept, 'the data changed');
    return `${kept.split('\n').length} files of data as before`;
  });
  await rows.row('purging it leaves nothing but the data', () => {
    apt('purge', NAME);
    const left = listSystem().filter((file) => !before.includes(file));
    must(left.length === 0, `left: ${left.join(', ')}`);
    must(sums() === kept, 'the data changed');
    return 'the same files as before the installation';
  });
}
