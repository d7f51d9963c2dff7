import fs from 'node:fs';
import path from 'node:path';
import { ELECTRON_MODULES } from './contents.ts';
import { ROOT } from './folder.ts';

/**
 * The packages with Electron. `npm run package` builds them when Electron's program is there, and says so when it is not.
 * Which files go in is checked against build/packages/contents.ts, as for the packages without Electron.
 */
export const electronConfig = {
  appId: 'org.venue-kiosk.app',
  productName: 'Điểm cầu',
  directories: { output: 'out/packages/electron', buildResources: 'build/icons' },
  electronLanguages: ['vi', 'en-US'],
  // The only native package brings ready files; nothing is compiled.
  npmRebuild: false,
  asar: true,
  asarUnpack: ['**/*.node'],
  extraMetadata: { homepage: 'https://example.org/venue-kiosk' },
  files: [
    'package.json',
    'LICENSE',
    'dist/**',
    '!dist/types/**',
    '!dist/.stamp',
    '!dist/**/*.map',
    '!dist/**/*.woff',
    'electron/core/rehearsal/media/**',
    // Node for scripts: Electron has its own.
    '!node_modules/node-{linux,win,darwin}-*/**',
    '!node_modules/better-sqlite3/{deps,src,binding.gyp}',
    '!node_modules/better-sqlite3/{deps,src}/**',
    '!dist/shells/start.js',
    // Packages that only the browser shell loads, or nothing that runs.
    `!node_modules/{${listOtherModules().join(',')}}/**`,
    '!node_modules/**/{test,tests,__tests__,doc,docs,example,examples,benchmark,benchmarks,bench}/**',
    '!node_modules/**/*.{map,ts,mts,cts,md,markdown,html,flow,gypi,gyp,c,cc,cpp,h}',
    '!node_modules/**/{.*,tsconfig*.json}',
  ],
  // See https://www.electronjs.org/docs/latest/tutorial/fuses. The core is a utility process, so it needs no runAsNode.
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    // Windows and macOS check it; Linux has no check.
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
  // A platform's own list that only excludes would let in everything else, hence the first entry.
  win: {
    target: ['nsis', 'portable'],
    executableName: 'venue-kiosk',
    icon: 'build/icons/icon.ico',
    files: ['package.json', '!node_modules/better-sqlite3/prebuilds/!(win32-x64.node)'],
  },
  // One installer for the whole PC that asks nothing, so that it can be rolled out silently. Each target has a name of its own:
  // with one name for both, the second overwrites the first.
  nsis: {
    oneClick: true,
    perMachine: true,
    installerLanguages: ['vi_VN', 'en_US'],
    artifactName: 'venue-kiosk-electron-${version}-win-${arch}-setup.${ext}',
  },
  portable: { artifactName: 'venue-kiosk-electron-${version}-win-${arch}-portable.${ext}' },
  linux: {
    target: ['AppImage', 'deb'],
    executableName: 'venue-kiosk',
    icon: 'build/icons/icon.png',
    category: 'AudioVideo',
    synopsis: 'Kiosk for the venues of an online conference',
    maintainer: 'Venue kiosk <venue-kiosk@example.org>',
    files: ['package.json', '!node_modules/better-sqlite3/prebuilds/!(linux-x64.node)'],
  },
  appImage: { artifactName: 'venue-kiosk-electron-${version}-linux-${arch}.${ext}' },
  // Not the name of the package without Electron: neither may pass for an update of the other.
  deb: { packageName: 'venue-kiosk-electron', artifactName: 'venue-kiosk-electron_${version}_${arch}.${ext}' },
};

/** Names of all packages in the lockfile that Electron's package does not want, wherever in the tree they lie. */
function listOtherModules(): string[] {
  const { packages } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, object>;
  };
  const names = Object.keys(packages).map((place) => place.split('node_modules/').at(-1) ?? '');
  return [...new Set(names)].filter((name) => name && !ELECTRON_MODULES.includes(name)).sort();
}
