import type { Pc } from './hall/pc.ts';
import type { Reports } from './hall/reports.ts';

/** What goes wrong with reports stands on the console. */
export function alarmOfReports(reports: Reports, pc: Pick<Pc, 'raiseAlarm' | 'clearAlarm'>): void {
  reports.sealed.on(() => pc.clearAlarm('seal_failed'));
  reports.sealFailed.on(() => pc.raiseAlarm('seal_failed'));
  reports.receiptsRefused.on(() => pc.raiseAlarm('receipt_unproven'));
}
