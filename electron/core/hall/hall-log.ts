/** What hall, reports and checks write to the log. Names of people never enter. */
export type HallEvent =
  | 'sitting_step'
  | 'source_health'
  | 'watch_failed'
  | 'step_failed'
  | 'cache_stepped_aside'
  | 'cache_failed'
  | 'moves_not_kept'
  | 'province_says'
  | 'province_ask_failed'
  | 'delivery_status'
  | 'delivery_try_failed'
  | 'delivery_fault'
  | 'report_sealed'
  | 'seal_failed'
  | 'not_printed'
  | 'clock_ask_failed'
  | 'retention_warned'
  | 'retention_destroyed'
  | 'retention_failed'
  | 'checks_done'
  | 'check_failed';

export interface HallLog {
  info(event: HallEvent, facts?: Record<string, string | number | boolean | null>): void;
  error(event: HallEvent, cause: unknown): void;
}
