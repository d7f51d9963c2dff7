import { spawn } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { findBrowser } from './find-browser.mjs';

/** How often the progress of a watched command is looked at. */
const LOOK_EVERY_MS = 500;

function listFiles(place) {
  const stat = fs.statSync(place, { throwIfNoEntry: false });
  if (!stat) return [];
  if (stat.isFile()) return [place];
  const entries = fs.readdirSync(place, { recursive: true, withFileTypes: true });
  return entries.filter((e) => e.isFile()).map((e) => path.join(e.parentPath ?? e.path, e.name));
}

function syncOne(place, flags) {
  const handle = fs.openSync(place, flags);
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

function foldersUpTo(folder, root) {
  const inside = folder.length > root.length && folder.startsWith(root);
  return inside ? [folder, ...foldersUpTo(path.dirname(folder), root)] : [root];
}

function countBytes(folders) {
  return folders.flatMap(listFiles).reduce((sum, file) => {
    return sum + (fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0);
  }, 0);
}

/**
 * Runs a command to its end. `limitMs` bounds the whole, `idle` ends it when none of `idle.folders` grew for `idle.limitMs`.
 * Answers `{ status, output, ended }`; status is null when it could not be started or was ended.
 */
function run(command, args, { cwd, env, limitMs, idle, shell = false }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    const output = [];
    let ended = '';
    const end = (why) => {
      ended ||= why;
      child.kill('SIGKILL');
    };
    const timers = [setTimeout(() => end('limit'), limitMs)];
    if (idle) {
      let bytes = -1;
      let grewAt = Date.now();
      const look = () => {
        const now = countBytes(idle.folders);
        if (now !== bytes) [bytes, grewAt] = [now, Date.now()];
        else if (Date.now() - grewAt > idle.limitMs) end('idle');
      };
      timers.push(setInterval(look, LOOK_EVERY_MS));
    }
    const done = (status, extra = '') => {
      for (const timer of timers) clearTimeout(timer);
      resolve({
        status: ended ? null : status,
        output: stripVTControlCharacters(Buffer.concat(output).toString('utf8')) + extra,
        ended,
      });
    };
    child.stdout.on('data', (part) => output.push(part));
    child.stderr.on('data', (part) => output.push(part));
    child.on('error', (error) => done(null, error.message));
    child.on('close', (status) => done(status));
  });
}

/** This computer, as the steps see it; tests give another. Paths are relative to `root`. */
export function createMachine(root) {
  const at = (file) => path.resolve(root, file);
  return {
    root,
    platform: process.platform,
    arch: process.arch,
    env: process.env,
    execPath: process.execPath,
    nodeVersion: process.versions.node,
    isRoot: process.getuid?.() === 0,
    exists: (file) => fs.existsSync(at(file)),
    read: (file) => (fs.existsSync(at(file)) ? fs.readFileSync(at(file), 'utf8') : null),
    write(file, text) {
      fs.mkdirSync(path.dirname(at(file)), { recursive: true });
      fs.writeFileSync(at(file), text);
    },
    remove: (file) => fs.rmSync(at(file), { recursive: true, force: true }),
    /** Makes `file` callable as a command: a relative link, or on Windows a script that cmd finds. */
    linkCommand(command, file) {
      const place = at(command);
      const target = path.relative(path.dirname(place), file);
      fs.mkdirSync(path.dirname(place), { recursive: true });
      fs.rmSync(place, { force: true });
      if (place.endsWith('.cmd')) fs.writeFileSync(place, `@"%~dp0\\${target}" %*\r\n`);
      else fs.symlinkSync(target, place);
    },
    makeTempFolder: () => fs.mkdtempSync(path.join(os.tmpdir(), 'kiosk-setup-')),
    hash(places) {
      const sum = crypto.createHash('sha256');
      for (const file of places.flatMap((p) => listFiles(at(p))).sort())
        sum.update(path.relative(root, file)).update('\0').update(fs.readFileSync(file)).update('\0');
      return sum.digest('hex');
    },
    listHashes(places) {
      const entries = places
        .flatMap((p) => listFiles(at(p)))
        .map((file) => {
          const sum = crypto.createHash('sha256').update(fs.readFileSync(file)).digest('hex');
          return [path.relative(root, file).split(path.sep).join('/'), sum];
        });
      return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
    },
    sync(places) {
      const files = places.flatMap((p) => listFiles(at(p)));
      // Windows writes only what was opened for writing, and keeps names with the files.
      for (const file of files) syncOne(file, 'r+');
      if (process.platform === 'win32') return;
      for (const folder of new Set(files.flatMap((file) => foldersUpTo(path.dirname(file), root))))
        syncOne(folder, 'r');
    },
    run: (command, args, options = {}) =>
      run(command, args, { cwd: root, env: process.env, limitMs: 600_000, ...options }),
    findBrowser: () => findBrowser(),
    /** A line that the next one replaces, for somebody who watches a slow step. */
    tell(line) {
      if (process.stdout.isTTY) process.stdout.write(`… ${line}\r`);
    },
    now: () => Date.now(),
  };
}
