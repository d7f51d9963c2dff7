/** SQLite's own code of an error; empty for another error. */
export function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}

/** The disk or the user's share of it is used up. */
export function isFull(cause: unknown): boolean {
  return codeOf(cause) === 'SQLITE_FULL' || codeOf(cause) === 'SQLITE_IOERR_WRITE';
}

/** Why a write failed, as the console says it. */
export type DiskFault = 'disk_full' | 'disk_failing';

/** What an error of SQLite or of the file system says of the disk; null when it is none of the disk's. */
export function diskFaultOf(cause: unknown): DiskFault | null {
  const found = codeOf(cause);
  if (isFull(cause) || found === 'ENOSPC' || found === 'EDQUOT') return 'disk_full';
  // SQLite calls a page that cannot be read corrupt.
  if (
    found.startsWith('SQLITE_IOERR') ||
    found.startsWith('SQLITE_CORRUPT') ||
    found === 'SQLITE_READONLY' ||
    found === 'EIO' ||
    found === 'EROFS'
  )
    return 'disk_failing';
  return cause instanceof Error && cause.cause !== undefined ? diskFaultOf(cause.cause) : null;
}
