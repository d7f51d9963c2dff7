import fs from 'node:fs';
import path from 'node:path';
import * as pe from 'pe-library';
import * as resedit from 'resedit';

/** Marks the place of the fuses in Electron's program: schema 1, then the number of fuses and one character each. */
const FUSE_WIRE = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1'),
  Buffer.from([1, 9]),
  Buffer.from('1'.repeat(9), 'latin1'),
]);

/** The smallest Windows program with version information, which the packager rewrites. */
function makeExe(): Buffer {
  const exe = pe.NtExecutable.createEmpty(false, false);
  const resources = pe.NtExecutableResource.from(exe);
  const version = resedit.Resource.VersionInfo.createEmpty();
  version.setFileVersion(45, 4, 1, 0, 1033);
  version.setStringValues({ lang: 1033, codepage: 1200 }, { FileDescription: 'stand-in', ProductName: 'Electron' });
  version.outputToResourceEntries(resources.entries);
  resources.outputResource(exe);
  return Buffer.from(exe.generate());
}

/** Writes what the packager needs of an unpacked Electron into `folder`; nothing in it can run. */
export function makeStandInElectron(folder: string, platform: 'linux' | 'win'): void {
  const put = (file: string, content: string | Buffer) => {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), content, { mode: 0o755 });
  };
  for (const language of ['vi', 'en-US', 'fr']) put(`locales/${language}.pak`, 'x');
  for (const file of ['LICENSE', 'LICENSES.chromium.html']) put(file, 'x');
  put('version', '45.4.1');
  fs.mkdirSync(path.join(folder, 'resources'));
  const program = platform === 'win' ? makeExe() : Buffer.from('#!/bin/sh\nexit 1\n');
  put(platform === 'win' ? 'electron.exe' : 'electron', Buffer.concat([program, FUSE_WIRE]));
}
