import { pino } from 'pino';
import { describeError } from '../log/error-text.ts';
import { createLogFile } from '../log/log-file.ts';
import type { KeyRepair } from './access/device-keys.ts';
import type { HallEvent } from './hall/hall-log.ts';

/** What the core tells the log; event names are a closed list so that logs can be searched. */
export interface CoreLog {
  info(event: CoreEvent, facts?: Record<string, string | number | boolean | null>): void;
  error(event: CoreEvent, cause: unknown): void;
}
export type CoreEvent =
  | HallEvent
  | KeyRepair
  | 'core_started'
  | 'core_stopped'
  | 'package_imported'
  | 'database_quarantined'
  | 'chain_broken'
  | 'row_damaged'
  | 'records_restored'
  | 'copy_failed'
  | 'journal_failed'
  | 'request_failed'
  | 'core_failed'
  | 'core_fault'
  | 'page_fault'
  | 'window_restarted'
  | 'window_restart_asked'
  | 'package_file_bad'
  | 'package_not_remembered'
  | 'lobby_started'
  | 'lobby_fault'
  | 'trial_failed'
  | 'trial_not_removed';

/** JSON lines in a file that keeps its size. Names of people never enter, not even by the message of an error. */
export function createCoreLog(file: string): CoreLog {
  const logger = pino({ base: null }, createLogFile(file));
  return {
    info: (event, facts) => logger.info({ event, ...facts }),
    error: (event, cause) => logger.error({ event, error: describeError(cause) }),
  };
}
