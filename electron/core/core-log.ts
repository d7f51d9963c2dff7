import type { HallEvent } from './hall/hall-log.ts';

/** What the core tells the log; event names are a closed list so that logs can be searched. */
export interface CoreLog {
  info(event: CoreEvent, facts?: Record<string, string | number | boolean | null>): void;
  error(event: CoreEvent, cause: unknown): void;
}
export type CoreEvent =
  | HallEvent
  | 'core_started'
  | 'core_stopped'
  | 'package_imported'
  | 'database_quarantined'
  | 'chain_broken'
  | 'request_failed'
  | 'core_failed'
  | 'package_file_bad'
  | 'package_not_remembered';
