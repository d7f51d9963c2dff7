/**
 * Locks a Windows PC down to the kiosk, or takes it back, by values in the registry; run as administrator:
 * `lockdown.mjs on [--user NAME]`, `off`, `status` (exit status 0: set, 1: not set or only partly). What was there before is
 * kept in %ProgramData%\venue-kiosk\lockdown.json and restored by `off`. README.md explains each value.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const MACHINE = 'HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows';
const POLICIES = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies';
const USER_HIVE = 'HKU\\venue-kiosk-user';
const DWORD = 'REG_DWORD';
/** Left and right Windows key and the menu key do nothing (keyboard scan codes E05B, E05C, E05D). */
const NO_WINDOWS_KEYS = '00000000000000000400000000005BE000005CE000005DE000000000';

/** Of the whole PC. */
const MACHINE_VALUES = [
  ['HKLM\\SYSTEM\\CurrentControlSet\\Control\\Keyboard Layout', 'Scancode Map', 'REG_BINARY', NO_WINDOWS_KEYS],
  [`${MACHINE}\\EdgeUI`, 'AllowEdgeSwipe', DWORD, '0'],
  [`${MACHINE}\\WindowsUpdate\\AU`, 'NoAutoRebootWithLoggedOnUsers', DWORD, '1'],
  [`HKLM\\${POLICIES}\\System`, 'HideFastUserSwitching', DWORD, '1'],
];
/** Of the kiosk's user; the key comes first. */
const USER_VALUES = [
  [`${POLICIES}\\System`, 'DisableTaskMgr', DWORD, '1'],
  [`${POLICIES}\\System`, 'DisableLockWorkstation', DWORD, '1'],
  [`${POLICIES}\\System`, 'DisableChangePassword', DWORD, '1'],
  [`${POLICIES}\\Explorer`, 'NoLogoff', DWORD, '1'],
  [`${POLICIES}\\Explorer`, 'NoWinKeys', DWORD, '1'],
  ['SOFTWARE\\Policies\\Microsoft\\Windows\\Explorer', 'DisableNotificationCenter', DWORD, '1'],
  ['SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\PushNotifications', 'ToastEnabled', DWORD, '0'],
  ['Control Panel\\Accessibility\\StickyKeys', 'Flags', 'REG_SZ', '506'],
];
/** Minutes until sleep and dark screen on mains, 0: never. */
const POWER = ['standby-timeout-ac', 'hibernate-timeout-ac', 'monitor-timeout-ac'];

const [what, ...rest] = process.argv.slice(2);
const user = rest.includes('--user') ? rest[rest.indexOf('--user') + 1] : null;
const quiet = rest.includes('--quiet');
const stateFile = path.join(process.env.ProgramData ?? 'C:\\ProgramData', 'venue-kiosk', 'lockdown.json');
const say = (line) => {
  if (!quiet) fs.writeSync(2, `${line}\n`);
};

/** Runs reg.exe; its output goes through a file, which works everywhere. */
function reg(...args) {
  const file = path.join(os.tmpdir(), `venue-kiosk-reg-${process.pid}.txt`);
  const out = fs.openSync(file, 'w');
  const { status } = spawnSync('reg.exe', args, { stdio: ['ignore', out, out], windowsHide: true });
  fs.closeSync(out);
  const text = fs.readFileSync(file, 'latin1');
  fs.rmSync(file);
  return { ok: status === 0, text };
}

/** The value as reg.exe takes it, or null when there is none. */
function read(key, name) {
  const { ok, text } = reg('query', key, '/v', name, '/reg:64');
  const found = ok && new RegExp(`^\\s+${name}\\s+(REG_\\w+)\\s+(.*?)\\s*$`, 'mu').exec(text);
  if (!found) return null;
  return { type: found[1], data: found[1] === DWORD ? String(Number(found[2])) : found[2] };
}

const write = (key, name, type, data) => reg('add', key, '/v', name, '/t', type, '/d', data, '/f', '/reg:64').ok;
const remove = (key, name) => reg('delete', key, '/v', name, '/f', '/reg:64').ok;
const readState = () => (fs.existsSync(stateFile) ? JSON.parse(fs.readFileSync(stateFile, 'utf8')) : null);

/** Runs `work` with the root key of the user's settings; those of somebody who is not logged in are loaded for as long. */
function withUser(name, work) {
  if (name === null) return work('HKCU');
  const hive = path.join('C:\\Users', name, 'NTUSER.DAT');
  if (!reg('load', USER_HIVE, hive).ok) {
    say(`Không đọc được thiết lập của ${name}: đăng xuất tài khoản đó, rồi chạy lại bằng quyền quản trị.`);
    say(`The settings of ${name} cannot be opened: log this user out and run this again as administrator.`);
    return null;
  }
  try {
    return work(USER_HIVE);
  } finally {
    reg('unload', USER_HIVE);
  }
}

const listValues = (userKey) => [
  ...MACHINE_VALUES,
  ...USER_VALUES.map(([key, ...value]) => [`${userKey}\\${key}`, ...value]),
];
const isSet = ([key, name, , data]) => read(key, name)?.data.toUpperCase() === data;

function turnOn() {
  return withUser(user, (userKey) => {
    const before = readState()?.before;
    const values = listValues(userKey);
    // What was there before the first time is what `off` brings back.
    const kept = before ?? values.map(([key, name]) => ({ key, name, old: read(key, name) }));
    fs.mkdirSync(path.dirname(stateFile), { recursive: true });
    fs.writeFileSync(stateFile, JSON.stringify({ user, before: kept }, null, 2));
    const failed = values.filter((value) => !write(...value));
    for (const name of POWER) spawnSync('powercfg.exe', ['/change', name, '0'], { stdio: 'ignore', windowsHide: true });
    for (const [key, name] of failed) say(`Không ghi được / could not be set: ${key}\\${name}`);
    if (failed.length > 0) say('Hãy chạy bằng quyền quản trị / run this as administrator.');
    return failed.length === 0;
  });
}

function turnOff() {
  const state = readState();
  if (!state) return true;
  return withUser(state.user, () => {
    const put = ({ key, name, old }) =>
      old ? write(key, name, old.type, old.data) : !read(key, name) || remove(key, name);
    const failed = state.before.filter((one) => !put(one));
    for (const { key, name } of failed) say(`Không trả lại được / could not be taken back: ${key}\\${name}`);
    if (failed.length === 0) fs.rmSync(stateFile);
    return failed.length === 0;
  });
}

function check() {
  const state = readState();
  if (!state) return false;
  return withUser(state.user, (userKey) => listValues(userKey).every(isSet)) === true;
}

if (what === 'on' || what === 'off') {
  const ok = what === 'on' ? turnOn() : turnOff();
  if (ok) say(`${what === 'on' ? 'Đã khoá / locked' : 'Đã bỏ khoá / taken back'}: khởi động lại máy / restart the PC.`);
  process.exitCode = ok ? 0 : 1;
} else if (what === 'status') {
  const ok = check();
  say(ok ? 'Khoá máy: đã đặt / lockdown: set' : 'Khoá máy: chưa đặt / lockdown: not set');
  process.exitCode = ok ? 0 : 1;
} else {
  say('lockdown.cmd on [--user NAME] | off | status');
  process.exitCode = 2;
}
