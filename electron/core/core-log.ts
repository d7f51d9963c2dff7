/** What the core tells the log; event names are a closed list so that logs can be searched. */
export interface CoreLog {
  info(event: CoreEvent, facts?: Record<string, string | number | boolean | null>): void;
  error(event: CoreEvent, cause: unknown): void;
}
export type CoreEvent =
  | 'core_started'
  | 'core_stopped'
  | 'package_imported'
  | 'database_quarantined'
  | 'chain_broken'
  | 'sitting_step'
  | 'source_health'
  | 'report_sealed'
  | 'delivery_status'
  | 'delivery_try_failed'
  | 'province_says'
  | 'province_ask_failed'
  | 'request_failed'
  | 'seal_failed'
  | 'delivery_fault'
  | 'step_failed'
  | 'watch_failed'
  | 'core_failed'
  | 'package_file_bad'
  | 'package_not_remembered';
