/**
 * Proof of the packages for Windows, under Wine: `npm run test:windows -- [--setup FILE] [--keep] [--json FILE]`.
 * Builds the installer (or takes the given one), installs it silently, starts the installed core with its own Node, imports a package
 * from a drive letter, signs 300 people in over HTTP, kills and restarts the core, seals, delivers, saves documents to the drive,
 * and uninstalls. Wine is not Windows: it shows that paths, drives, renames and synced writes hold there; no browser runs.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createIntake } from '../../../electron/core/rehearsal/intake.ts';
import { compareContents } from '../../../build/packages/contents.ts';
import { listFiles, readProduct } from '../../../build/packages/folder.ts';
import { CannotBuild, findProgram, WINDOWS_NODE } from '../../../build/packages/programs.ts';
import { buildSetup, layWindowsFolder } from '../../../build/packages/windows.ts';
import { makePackage } from '../../support/make-package.ts';
import { must, Rows, waitFor } from '../proof/rows.ts';
import { InstalledCore } from './installed-core.ts';
import { proveScripts } from './scripts.ts';
import { dataFolder, PROGRAM, Wine } from './wine.ts';

const { values } = parseArgs({
  options: { setup: { type: 'string' }, json: { type: 'string' }, keep: { type: 'boolean', default: false } },
});
const PEOPLE = 300;
const PIN = '123456';
const MENU = 'C:\\ProgramData\\Microsoft\\Windows\\Start Menu\\Programs\\Điểm cầu.lnk';
const UNINSTALL_KEY = 'HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\venue-kiosk';
/** Only in the installed folder: the uninstaller makes itself. */
const UNINSTALLER = 'uninstall.exe';

for (const [program, debian] of [
  ['wine', 'wine wine64'],
  ['makensis', 'nsis'],
] as const)
  if (!findProgram(program)) {
    console.log(`The proof for Windows needs ${program}: apt-get install --no-install-recommends ${debian}`);
    process.exit(69);
  }

const temp = fs.mkdtempSync(path.join(os.tmpdir(), 'kiosk-windows-'));
const wine = new Wine(temp);
const rows = new Rows();
const province = createIntake({ dir: path.join(temp, 'province'), rehearsal: false });
const installed = () => wine.unix(PROGRAM);
const hashes = (folder: string) =>
  listFiles(folder).map((file) => {
    const sum = createHash('sha256')
      .update(fs.readFileSync(path.join(folder, file)))
      .digest('hex');
    return `${sum.slice(0, 16)} ${file}`;
  });

try {
  await prove();
} catch (cause) {
  if (!(cause instanceof CannotBuild)) throw cause;
  console.log(cause.message);
} finally {
  await province.stop();
  wine.stop();
  if (values.keep) console.log(`kept: ${temp}`);
  else fs.rmSync(temp, { recursive: true, force: true });
}
process.exitCode = rows.close(values.json);

async function prove(): Promise<void> {
  const laid = path.join(temp, 'laid');
  await layWindowsFolder(laid);
  let setup = values.setup ? path.resolve(values.setup) : '';
  const built = await rows.row('the installer is built', async () => {
    if (!setup) setup = await buildSetup(path.join(temp, 'out'), laid, temp);
    const mb = fs.statSync(setup).size / 1e6;
    must(mb <= 60, `${mb.toFixed(1)} MB are more than 60`);
    return `${mb.toFixed(1)} MB, Node ${WINDOWS_NODE.version}`;
  });
  if (!built) return;
  wine.setUp();
  if (!(await proveInstall(setup, laid))) return;
  await proveScripts({ wine, rows, temp });
  await proveSession();
  await proveUninstall();
}

/** Whether there is something to look at further. */
async function proveInstall(setup: string, laid: string): Promise<boolean> {
  await rows.row('control: a damaged installer installs nothing', () => {
    const damaged = path.join(temp, 'damaged.exe');
    const bytes = fs.readFileSync(setup);
    bytes[Math.floor(bytes.length / 2)]! ^= 0xff;
    fs.writeFileSync(damaged, bytes);
    const status = wine.run([damaged, '/S'], 20_000);
    must(status !== 0 && !fs.existsSync(installed()), `status ${status}, and something was installed`);
    return `status ${status ?? 'none within 20 s'}, no folder`;
  });
  const installs = await rows.row('it installs silently, and once more over itself', () => {
    for (let i = 0; i < 2; i += 1) {
      const status = wine.run([setup, '/S'], 120_000);
      must(status === 0, `status ${status}`);
    }
    must(fs.existsSync(wine.unix(MENU)), 'there is no entry in the start menu');
    must(
      wine.run(['reg', 'query', UNINSTALL_KEY, '/v', 'QuietUninstallString', '/reg:64']) === 0,
      'Windows does not list it',
    );
    return `${PROGRAM}, start menu and list of programs`;
  });
  if (!installs) return false;
  await rows.row('what is installed is exactly what was listed', () => {
    const files = listFiles(installed()).filter((file) => file !== UNINSTALLER);
    const { unlisted, missing, unwanted } = compareContents(files, 'win');
    const wrong = [...unlisted, ...missing, ...unwanted];
    must(wrong.length === 0, wrong.slice(0, 5).join(', '));
    must(
      hashes(laid).join() ===
        hashes(installed())
          .filter((line) => !line.endsWith(` ${UNINSTALLER}`))
          .join(),
      'a file differs',
    );
    return `${files.length} files`;
  });
  return true;
}

async function proveSession(): Promise<void> {
  const { endpoint } = await province.start();
  const stick = path.join(temp, 'thẻ nhớ');
  wine.setDrive('E', stick);
  const folder = 'Tài liệu hội nghị';
  const file = 'gói điểm cầu Đồng Xuân.json';
  const document = makePackage(province, endpoint, { people: PEOPLE });
  const roster = document.roster ?? [];
  fs.mkdirSync(path.join(stick, folder));
  fs.writeFileSync(path.join(stick, folder, file), JSON.stringify(document));
  const argv = ['--data', dataFolder(wine), '--package', `E:\\${folder}\\${file}`];
  const core = new InstalledCore(wine, { program: PROGRAM, folder: path.join(temp, 'exchange'), argv });
  const started = await rows.row(
    'the installed core imports a package from E:, with Vietnamese letters in its path',
    async () => {
      const version = await core.start();
      must(version === readProduct().version, `it says version ${version}`);
      const { platform, version: node } = core.starter();
      must(platform === 'win32' && node === `v${WINDOWS_NODE.version}`, `${platform} ${node}`);
      return `${platform}, Node ${node}, kiosk ${version}, E:\\${folder}\\${file}`;
    },
  );
  if (!started) return;
  const present = async () => (await core.consoleView(PIN)).open?.halls[0]?.totals.present;
  await rows.row(`${PEOPLE} people sign in over HTTP`, async () => {
    const sittingId = (await core.consoleView(PIN)).sitting?.id ?? '';
    const signIn = (personId: string) => core.ask('desk/sign-in', { sittingId, personId, method: 'list' });
    for (const { id } of roster) {
      const answer = await signIn(id);
      must(answer.ok, `${id}: ${JSON.stringify(answer)}`);
    }
    const again = await signIn(roster[0]!.id);
    must(!again.ok && again.error === 'already_signed_in', `control: a second sign-in gave ${JSON.stringify(again)}`);
    const count = await present();
    must(count === PEOPLE, `${count} are counted`);
    return `${count} counted; one of them again: ${again.error}`;
  });
  await rows.row('the core is killed and comes back with the same count', async () => {
    const how = await core.end('kill');
    await core.start();
    const count = await present();
    must(count === PEOPLE, `${count} are counted`);
    return `${how}; ${count} counted`;
  });
  await proveReport(core, stick);
  await rows.row('the core stops in order', async () => {
    const how = await core.end('stop');
    must(how.startsWith('status 0'), how);
    return how;
  });
}

async function proveReport(core: InstalledCore, stick: string): Promise<void> {
  let sittingId = '';
  await rows.row('the sitting is ended, sealed and delivered', async () => {
    sittingId = (await core.consoleView(PIN)).sitting?.id ?? '';
    const ended = await core.ask('console/end-sitting', { sittingId });
    must(ended.ok, JSON.stringify(ended));
    const delivered = await waitFor(
      'the receipt',
      async () => (await core.consoleView(PIN)).open?.delivery.find((status) => status.state === 'delivered'),
      120_000,
    );
    const { reportId, revision } = delivered;
    const report = await province.getOpened(reportId, revision);
    const here = report?.people.filter((person) => person.status === 'present' || person.status === 'late').length;
    must(here === PEOPLE, `the province reads ${here} people`);
    return `receipt taken; the province reads ${here} people`;
  });
  await rows.row('documents are saved to the drive', async () => {
    const { places } = await core.ask('console/report/places', {});
    const place = places.find((one) => one.label === 'E:');
    must(place?.writable, `E: is not offered: ${JSON.stringify(places)}`);
    const saved = await core.ask('console/report/save', {
      sittingId,
      kinds: ['xlsx', 'csv', 'sealed'],
      placeId: place.id,
    });
    const files = saved.ok ? saved.files : [];
    must(files.length === 3 && files.every((one) => one.ok), JSON.stringify(saved));
    const there = fs.readdirSync(stick, { withFileTypes: true }).filter((entry) => entry.isFile());
    must(
      there.length === 3 && there.every((entry) => fs.statSync(path.join(stick, entry.name)).size > 0),
      'not on the drive',
    );
    must(!there.some((entry) => entry.name.includes('tmp')), `left over: ${there.map((e) => e.name).join()}`);
    return there.map((entry) => entry.name).join(', ');
  });
}

async function proveUninstall(): Promise<void> {
  await rows.row('it uninstalls silently, and the data stays', async () => {
    const data = () => hashes(wine.unix(dataFolder(wine)));
    const before = data();
    must(
      before.some((line) => line.endsWith('kiosk.db')),
      'there is no database to keep',
    );
    const foreign = path.join(installed(), 'ghi-chu.txt');
    fs.writeFileSync(foreign, 'of somebody else');
    const status = wine.run([`${PROGRAM}\\${UNINSTALLER}`, '/S'], 120_000);
    must(status === 0, `status ${status}`);
    // It works on as a copy of itself, and removes itself last.
    const gone = () => (fs.existsSync(path.join(installed(), UNINSTALLER)) ? null : true);
    await waitFor('the uninstaller to end', gone, 180_000);
    const unlisted = () => (wine.run(['reg', 'query', UNINSTALL_KEY, '/reg:64']) === 1 ? true : null);
    await waitFor('Windows to list it no more', unlisted, 60_000);
    const left = listFiles(installed());
    must(left.join() === 'ghi-chu.txt', `left: ${left.slice(0, 5).join(', ')}`);
    must(!fs.existsSync(wine.unix(MENU)), 'the entry in the start menu is still there');
    must(data().join() === before.join(), 'the data changed');
    return `${before.length} files of data as before, a file of somebody else too`;
  });
}
