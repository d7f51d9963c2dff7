import { spawnSync } from 'node:child_process';

/** Null where strace runs and may trace; else why not, for whoever reads the tests. */
export function findTracer(): string | null {
  if (process.platform !== 'linux') return 'skipped: strace is needed, which only Linux has';
  const tried = spawnSync('strace', ['-qq', '-o', '/dev/null', 'true']);
  return tried.status === 0 ? null : 'skipped: strace is missing here or may not trace';
}
