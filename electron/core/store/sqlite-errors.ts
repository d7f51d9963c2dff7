/** SQLite's own code of an error; empty for another error. */
export function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}

/** The disk or the user's share of it is used up. */
export function isFull(cause: unknown): boolean {
  return codeOf(cause) === 'SQLITE_FULL' || codeOf(cause) === 'SQLITE_IOERR_WRITE';
}
