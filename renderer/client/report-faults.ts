import { PAGE_FAULT_MARK } from '../../electron/contract/page-signs.ts';

/** Wait before a page that failed is loaded again. */
const RELOAD_AFTER_MS = 2_000;
/** A page that fails again sooner than this after it was loaded is left as it is, ms. */
const RELOAD_AGAIN_MS = 60_000;

/** Hands a fault to the shell, which brings it to the log of the kiosk. */
export function reportFault(kind: 'drawing' | 'uncaught' | 'rejected', cause: unknown): void {
  const text = cause instanceof Error ? (cause.stack ?? `${cause.name}: ${cause.message}`) : String(cause);
  // The console is the one way to the shell that both shells have.
  console.error(`${PAGE_FAULT_MARK} ${kind} ${text}`);
}

/**
 * From now on what nothing caught is reported. With `reload` a page whose code threw is loaded again, since its state is no
 * longer known. The stage is not: its cushion would be lost, its player mends itself, and a stage that falls silent is opened
 * again by the core. A refused promise alone reloads nothing.
 */
export function reportFaults(options: { reload: boolean }): void {
  addEventListener('error', (event) => {
    // Notices of the browser, such as a resize loop, carry no error.
    if (!(event.error instanceof Error)) return;
    reportFault('uncaught', event.error);
    if (options.reload && performance.now() > RELOAD_AGAIN_MS) setTimeout(() => location.reload(), RELOAD_AFTER_MS);
  });
  addEventListener('unhandledrejection', (event) => reportFault('rejected', event.reason));
}
