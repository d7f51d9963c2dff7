/**
 * Proof of the Debian package: `npm run test:deb -- [--deb FILE] [--json FILE] [--pictures FOLDER]`. Needs Debian or Ubuntu and root,
 * because it installs. Builds the package (or takes the given one), installs it with apt, makes an ordinary user, starts the menu entry's
 * command on a display of its own, goes from the start screen through a rehearsal to the verified receipt, installs over itself meanwhile,
 * removes and purges. What is installed before is removed; the user and its home are removed at the end.
 */
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { PRACTICE_PIN } from '../../../electron/core/rehearsal/rehearsal.ts';
import { compareContents } from '../../../build/packages/contents.ts';
import { listFiles } from '../../../build/packages/folder.ts';
import { findProgram } from '../../../build/packages/programs.ts';
import { vi } from '../../../renderer/i18n/vi.ts';
import { apt, getDeb, installDeb, isInstalled, NAME, needTools, OPTIONS, PROGRAM } from '../proof/installed-deb.ts';
import { InstalledKiosk } from '../proof/installed-kiosk.ts';
import { must, NotHere, waitFor } from '../proof/rows.ts';
import { descendants, ProofUser } from '../proof/user.ts';
import { DebProof } from '../proof/deb-proof.ts';
import { startXvfb } from '../proof/display.ts';
import { DeskByKeys } from '../proof/desk-by-keys.ts';
import { judgeSandbox } from './sandbox.ts';

const { values } = parseArgs({
  options: { deb: { type: 'string' }, json: { type: 'string' }, pictures: { type: 'string' } },
});
const MENU = '/usr/share/applications/venue-kiosk.desktop';
const TOOLS = ['lintian', 'xvfb', 'openbox', 'xdotool', 'scrot', 'desktop-file-utils', 'man-db'];
const OWN_LINE = '--cache=1';
const MAX_MB = 130;
const run = promisify(execFile);
const proof = new DebProof('deb');
const { rows, cleanUp, temp } = proof;
await proof.run(prove, values.json);

async function prove(): Promise<void> {
  let deb = '';
  await rows.row('the package is built', async () => {
    deb = await getDeb(values.deb, temp);
    const mb = fs.statSync(deb).size / 1e6;
    must(mb <= MAX_MB, `${mb.toFixed(1)} MB are more than ${MAX_MB}`);
    return `${mb.toFixed(1)} MB`;
  });
  if (!(await rows.row('tools of this proof are here', () => needTools(...TOOLS)))) return;
  // It takes minutes, in which the other rows wait mostly for people and clocks.
  const lintian = startLintian(deb);
  if (isInstalled()) apt('purge', NAME);
  const before = listSystem();
  const isThere = await rows.row('apt installs it', () => `${NAME} ${installDeb(deb)}`);
  if (!isThere) return;
  await rows.row('what is installed is what was listed, and belongs to root', checkFiles);
  await rows.row('menu entry and manual are read by the system', () => {
    execFileSync('desktop-file-validate', [MENU]);
    const manual = spawnSync('man', ['-w', NAME], { encoding: 'utf8' });
    // A small system keeps no manuals.
    if (manual.status !== 0) throw new NotHere('this system leaves manuals out');
    return manual.stdout.trim();
  });
  const made = new ProofUser();
  cleanUp.add(() => made.remove());
  await proveSession(made, deb);
  await rows.row('lintian finds only what is listed with a reason', async () => judgeLintian(await lintian));
  await proveRemoval(made, before);
}

/** What lintian says; its status counts warnings, so it is of no use. */
function startLintian(deb: string): Promise<string> {
  const args = ['--allow-root', '--tag-display-limit', '0', '--show-overrides', deb];
  return run('lintian', args, { maxBuffer: 1 << 26 }).then(
    ({ stdout }) => stdout,
    (cause: unknown) => (cause as { stdout?: string }).stdout ?? '',
  );
}

function judgeLintian(said: string): string {
  const lines = said.split('\n');
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

async function proveSession(on: ProofUser, deb: string): Promise<void> {
  const kiosk = await InstalledKiosk.of(on, 'rehearsal');
  const desk = new DeskByKeys(on, kiosk);
  const photograph = (name: string) => {
    if (values.pictures) kiosk.hand.picture(path.join(path.resolve(values.pictures), `${name}.png`));
  };
  fs.appendFileSync(OPTIONS, `${OWN_LINE}\n`);
  const starts = await rows.row('an ordinary user starts it by the menu entry, and sees the start screen', async () => {
    const display = await startXvfb('1366x768');
    cleanUp.add(() => display.stop());
    on.display = display.name;
    kiosk.needBrowser();
    await kiosk.startDesktop();
    const command = kiosk.startFromMenu();
    await kiosk.shows('lobby');
    await kiosk.hand.sees('lobby', vi.lobby.rehearse.start);
    photograph('lobby');
    return `${on.name}: Exec=${command}`;
  });
  if (!starts) return;
  const rehearses = await rows.row('Enter starts a rehearsal, and its broadcast plays', async () => {
    // The window must have the keys first.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    kiosk.hand.key('Return');
    await kiosk.shows('session');
    const isLive = async () => ((await kiosk.sitting()).state === 'live' ? true : null);
    await waitFor('the broadcast on the stage', isLive, 120_000);
    await kiosk.hand.sees('desk', vi.desk.step1);
    photograph('desk');
    return 'stage, desk and console; the sitting is live';
  });
  if (!rehearses) return;
  await rows.row("the browser's sandbox holds", () => checkSandbox(on, kiosk));
  await rows.row('control: a browser without its sandbox is noticed', () => checkControl(on));
  await rows.row('people sign in by keys', async () => {
    const count = await desk.signIn(4);
    must(count === 4, `${count} in the database`);
    return `${count} in the database`;
  });
  await rows.row('it is installed over itself while the session is open', async () => {
    const { shell, core } = kiosk.processes();
    apt('install', '--reinstall', deb);
    const now = kiosk.processes();
    must(shell && core && now.shell?.pid === shell.pid && now.core?.pid === core.pid, 'the kiosk did not go on');
    must(fs.readFileSync(OPTIONS, 'utf8').includes(OWN_LINE), 'the changed options were lost');
    const count = await desk.signIn(3);
    must(count === 7, `${count} in the database`);
    return `same processes, options kept, ${count} in the database after 3 more`;
  });
  await rows.row('a core killed after that comes back from the new files with the same count', async () => {
    const how = await kiosk.killCore();
    const count = await desk.signIn(1);
    must(count === 8, `${count} in the database`);
    return `${how}; ${count} after 1 more`;
  });
  await rows.row('the sitting is ended on the console, and there is a verified receipt', async () => {
    await kiosk.openConsole(PRACTICE_PIN);
    await kiosk.endSitting();
    const facts = await kiosk.receipt(8, 180_000);
    await kiosk.hand.sees('console', vi.console.state.delivered);
    photograph('console');
    return facts;
  });
  await rows.row('it ends whole', () => kiosk.stop());
}

/** Namespaces of a process that nobody put into one. */
function outside(): { user: string; pid: string } {
  return { user: fs.readlinkSync('/proc/self/ns/user'), pid: fs.readlinkSync('/proc/self/ns/pid') };
}

function checkSandbox(on: ProofUser, kiosk: InstalledKiosk): string {
  const finding = judgeSandbox(kiosk.processes().browser, outside());
  if (finding.ok) return finding.facts;
  const allowed = on.run('unshare --user true').status === 0;
  if (!allowed)
    throw new NotHere(
      `this system forbids user namespaces to ordinary users, and the browser has no other sandbox: ${finding.why}`,
    );
  throw new Error(finding.why);
}

async function checkControl(on: ProofUser): Promise<string> {
  const browser = ['chromium', 'google-chrome-stable', 'microsoft-edge-stable'].find((name) => findProgram(name));
  must(browser, 'no browser');
  const child = on.start(
    `exec ${browser} --headless=new --no-sandbox --user-data-dir=$HOME/bare about:blank`,
    'bare.log',
  );
  // Only of this browser: the kiosk's starts renderers of its own meanwhile.
  const listStarted = () => descendants(child.pid ?? 0, on.processes());
  try {
    const started = await waitFor(
      'its renderer',
      () => {
        const all = listStarted();
        return all.some((one) => one.command.includes('--type=renderer')) ? all : null;
      },
      30_000,
    );
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
  } finally {
    for (const one of listStarted()) spawnSync('kill', ['-9', String(one.pid)]);
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

async function proveRemoval(on: ProofUser, before: string[]): Promise<void> {
  const data = path.join(on.home, '.local/share/venue-kiosk');
  const sums = () =>
    listFiles(data)
      .map((file) => `${file} ${fs.lstatSync(path.join(data, file)).size}`)
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
    // What came along with other packages, such as the browser's sandbox, is theirs.
    const left = listSystem().filter((file) => !before.includes(file) && spawnSync('dpkg', ['-S', file]).status !== 0);
    must(left.length === 0, `left: ${left.join(', ')}`);
    must(sums() === kept, 'the data changed');
    return 'no file is there that was not before, and that no other package owns';
  });
}
