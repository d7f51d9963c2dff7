import fs from 'node:fs';
import path from 'node:path';

/** better-sqlite3 needs Node-API 10 and kills an older Node without a word; scripts in TypeScript need Node 24. */
export const NODE_NEEDED = 24;
const NAPI_NEEDED = 10;

/** Nodes that could run the kiosk, best first: the one that came with the packages, then the one that runs this. */
export function listNodes({ root, platform, arch, execPath }) {
  const system = platform === 'win32' ? 'win' : platform;
  const file = platform === 'win32' ? 'node.exe' : 'node';
  return [path.join(root, 'node_modules', `node-${system}-${arch}`, 'bin', file), execPath];
}

/** What `node -p` says of itself is enough; reads the answer of NODE_QUESTION. */
export function isNodeEnough(answer) {
  const [version = '', napi = ''] = answer.trim().split(' ');
  return Number.parseInt(version, 10) >= NODE_NEEDED && Number(napi) >= NAPI_NEEDED;
}
export const NODE_QUESTION = ['-p', 'process.versions.node + " " + process.versions.napi'];

/** The Node that runs the tools, when this one is too old; set-up has made sure that there is one. */
export function getScriptsNode(root) {
  const { execPath, platform, arch, versions } = process;
  if (isNodeEnough(`${versions.node} ${versions.napi}`)) return execPath;
  return listNodes({ root, platform, arch, execPath }).find((file) => fs.existsSync(file)) ?? execPath;
}
