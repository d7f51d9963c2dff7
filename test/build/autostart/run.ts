/**
 * Whether the kiosk comes back by itself: `npm run test:autostart -- [--deb FILE] [--json FILE] [--pictures FOLDER]`. Needs Debian or
 * Ubuntu, and root because it installs. A session runs, and autostart is switched on at the console; then every process of the user and
 * the X server are killed, as by a power cut, and a desktop session that runs autostart entries (openbox-session) is started under Xorg.
 */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { TITLE } from '../../../electron/shells/refusal.ts';
import { vi } from '../../../renderer/i18n/vi.ts';
import { DebProof } from '../proof/deb-proof.ts';
import { DeskByKeys } from '../proof/desk-by-keys.ts';
import { getDeb, installDeb, NAME, needTools, OPTIONS } from '../proof/installed-deb.ts';
import { InstalledKiosk } from '../proof/installed-kiosk.ts';
import { must, waitFor } from '../proof/rows.ts';
import { descendants, ProofUser } from '../proof/user.ts';
import { PIN, startOutside, type Outside } from '../proof/venue.ts';
import { Xorg } from '../proof/xorg.ts';

const { values } = parseArgs({
  options: {
    deb: { type: 'string' },
    json: { type: 'string' },
    pictures: { type: 'string', default: 'out/autostart' },
  },
});
/** openbox-session starts autostart entries with the help of the last one. */
const TOOLS = [
  'xserver-xorg-core',
  'xserver-xorg-video-dummy',
  'x11-xserver-utils',
  'x11-utils',
  'xdotool',
  'scrot',
  'openbox',
  'python3-xdg',
];
const BACK_S = 90;
const PEOPLE = 2;
/** A program that starts again and again has done so several times by then. */
const WATCH_MS = 20_000;
/** The package that a start is to take, and that is not there yet. */
const LATE = 'goi-den-sau.jws';
const SESSION_LOG = 'session.log';

const proof = new DebProof('autostart');
const { rows, cleanUp, temp } = proof;
await proof.run(prove, values.json);

interface Bed {
  user: ProofUser;
  xorg: Xorg;
  kiosk: InstalledKiosk;
  outside: Outside;
  photograph: (name: string) => void;
}

async function prove(): Promise<void> {
  const isThere = await rows.row('the package is installed', async () => {
    const deb = await getDeb(values.deb, temp);
    needTools(...TOOLS);
    return `${NAME} ${installDeb(deb)}`;
  });
  if (!isThere) return;
  const outside = await startOutside(temp);
  cleanUp.add(() => outside.stop());
  const user = new ProofUser();
  const xorg = new Xorg({ folder: temp, user, displays: 2 });
  cleanUp.add(() => xorg.stop());
  cleanUp.add(() => user.remove());
  const kiosk = await InstalledKiosk.of(user, 'session');
  const photograph = (name: string) => kiosk.hand.picture(path.join(path.resolve(values.pictures), `${name}.png`));
  const bed = { user, xorg, kiosk, outside, photograph };
  if (!(await rows.row('a session runs, and autostart is switched on at the console', () => prepare(bed)))) return;
  await rows.row('all is killed, and the desktop session brings the same sitting back', () => cutPower(bed, 'same'));
  await rows.row('the same after the PC got another name, so that the lock of the profile is of a stranger', () =>
    cutPower(bed, 'renamed'),
  );
  await rows.row('it ends whole', () => kiosk.stop());
  await rows.row('a start that is refused shows its window and waits', () => refuse(bed));
  await rows.row('it goes on when a person says so', () => tryAgain(bed));
}

/** A desktop session with all that starts by itself in it. */
async function startSession({ user, xorg }: Bed): Promise<void> {
  await xorg.start();
  user.start('exec openbox-session', SESSION_LOG);
}

async function prepare(bed: Bed): Promise<string> {
  const { user, kiosk, outside, photograph } = bed;
  const downloads = path.join(user.home, 'Downloads');
  fs.mkdirSync(downloads);
  fs.writeFileSync(path.join(downloads, 'phien-hop.jws'), outside.packageFile);
  await startSession(bed);
  kiosk.needBrowser();
  kiosk.startFromMenu();
  await kiosk.shows('lobby');
  await kiosk.hand.click('lobby', outside.conference);
  await kiosk.hand.click('lobby', vi.lobby.sheet.load);
  await kiosk.shows('session');
  await kiosk.hand.sees('desk', vi.desk.step1);
  const count = await new DeskByKeys(user, kiosk).signIn(PEOPLE);
  must(count === PEOPLE, `${count} in the database`);
  await kiosk.openConsole(PIN);
  await kiosk.hand.click('console', vi.settings.open);
  await kiosk.hand.click('console', vi.settings.autostart.turnOn);
  await kiosk.hand.sees('console', vi.settings.autostart.on);
  photograph('switched-on');
  const entry = fs.readFileSync(path.join(user.home, '.config/autostart/venue-kiosk.desktop'), 'utf8');
  return `${PEOPLE} signed in; ${/^Exec=.+$/mu.exec(entry)?.[0]}`;
}

async function cutPower(bed: Bed, host: 'same' | 'renamed'): Promise<string> {
  const { user, xorg, kiosk, photograph } = bed;
  const before = await kiosk.sitting();
  const killed = await user.killAll();
  await xorg.stop();
  const lock = kiosk.profileLock();
  must(lock, 'control: the power cut left no lock');
  const stale = fs.readlinkSync(lock);
  if (host === 'renamed') {
    fs.rmSync(lock);
    fs.symlinkSync(`ten-may-cu-${stale.split('-').at(-1)}`, lock);
  }
  await startSession(bed);
  const startedAt = performance.now();
  await kiosk.shows('session', BACK_S * 1000);
  const onScreen = () => kiosk.hand.text('desk', '[data-testid="count"]');
  await waitFor(
    `${PEOPLE} on the desk`,
    async () => (new RegExp(`\\b${PEOPLE} /`, 'u').test(await onScreen()) ? true : null),
    BACK_S * 1000,
  );
  await kiosk.hand.sees('desk', vi.desk.step1);
  const tookS = (performance.now() - startedAt) / 1000;
  photograph(`back-${host}`);
  must(tookS <= BACK_S, `it took ${tookS.toFixed(0)} s`);
  const after = await kiosk.sitting();
  must(JSON.stringify(after) === JSON.stringify(before), `${JSON.stringify(after)} is not ${JSON.stringify(before)}`);
  const asked = await kiosk.hand.text('desk', 'dialog[open]');
  must(asked === '', `it asks: ${asked}`);
  const titles = listWindows(user);
  must(titles.length === 3, `windows on the screen: ${titles.join(', ')}`);
  const { shell, browser } = kiosk.processes();
  const ours = new Set(descendants(shell?.pid ?? 0, user.processes()).map(({ pid }) => pid));
  // What reports crashes leaves its parent by itself, and ends with the browser.
  const orphan = browser.find(({ pid, command }) => !ours.has(pid) && !command[0]?.endsWith('crashpad_handler'));
  must(!orphan, `a browser without a kiosk: ${orphan?.command.slice(0, 2).join(' ')}`);
  return `${killed} processes killed; ${(await onScreen()).replaceAll(/\s+/gu, ' ')}, ${after.state}, after ${tookS.toFixed(1)} s; ${titles.join(', ')}`;
}

/** Titles of the windows that can be seen, of applications only. */
function listWindows(user: ProofUser): string[] {
  const { output } = user.run(
    'for w in $(xdotool search --onlyvisible --name "" 2>/dev/null); do xprop -id $w WM_CLASS _NET_WM_NAME; done',
  );
  const classes = output.split(/^WM_CLASS/mu).filter((part) => /chrom|edge/iu.test(part));
  return classes.map((part) => /_NET_WM_NAME.*= "(.+)"/u.exec(part)?.[1] ?? '').filter(Boolean);
}

async function refuse(bed: Bed): Promise<string> {
  const { user, xorg, kiosk, photograph } = bed;
  await user.killAll();
  await xorg.stop();
  fs.rmSync(path.join(user.home, SESSION_LOG), { force: true });
  fs.appendFileSync(OPTIONS, `--package=${path.join(user.home, LATE)}\n`);
  await startSession(bed);
  const isShown = () => (listWindows(user).some((title) => title.includes(TITLE)) ? true : null);
  await waitFor('the window that says why', isShown, 60_000);
  const look = () => {
    const { shell, browser } = kiosk.processes();
    const main = browser.filter(({ command }) => !command.some((word) => word.startsWith('--type=')));
    const said = fs.readFileSync(path.join(user.home, SESSION_LOG), 'utf8').split('\n');
    return JSON.stringify({
      shell: shell?.pid,
      browsers: main.map(({ pid }) => pid),
      windows: listWindows(user),
      refusals: said.filter((line) => line.includes(LATE)).length,
    });
  };
  const first = look();
  photograph('refused');
  await new Promise((resolve) => setTimeout(resolve, WATCH_MS));
  must(look() === first, `it did not wait: ${first}, then ${look()}`);
  return `${first} for ${WATCH_MS / 1000} s`;
}

async function tryAgain(bed: Bed): Promise<string> {
  const { user, kiosk, outside, photograph } = bed;
  const asked = kiosk.processes().shell?.pid;
  fs.writeFileSync(path.join(user.home, LATE), outside.packageFile, { mode: 0o644 });
  user.run(`xdotool search --onlyvisible --name '${TITLE}' windowactivate --sync; xdotool sleep 1 key Return`);
  await kiosk.shows('session');
  await kiosk.hand.sees('desk', vi.desk.step1);
  photograph('again');
  const { state, signedIn } = await kiosk.sitting();
  must(kiosk.processes().shell?.pid === asked, 'it is another kiosk');
  must(signedIn === PEOPLE, `${signedIn} in the database`);
  return `the same process, ${state}, ${signedIn} in the database`;
}
