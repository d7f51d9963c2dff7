/**
 * Statuses Electron ends with by our own will: asked to close, arguments or package refused, the core cannot run, no
 * shell on this PC, wrong preferences, already running.
 */
const CHOSEN: ReadonlySet<number> = new Set([0, 2, 3, 69, 70, 75]);

/**
 * Whether an end of the Electron process was a crash. `status` is null after a signal; on Windows a crash has no signal
 * but an NTSTATUS such as 0xC0000005 as its status.
 */
export function isCrash(status: number | null): boolean {
  return status === null || !CHOSEN.has(status);
}
