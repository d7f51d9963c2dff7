import type { ReportView } from '../../electron/contract/api-report.ts';

/** What the chair is about to confirm. */
export interface Confirmation {
  name: string;
  position: string;
  remarks: string;
}

/**
 * Whether a sealed report should get another revision by this confirmation: when the newest has none, when one waits to be put into a
 * revision, when something else is confirmed than before, or with another role's PIN. The same again makes nothing new.
 */
export function proposesRevision(
  { signOff, remarks, pending, signOffPin }: Pick<ReportView, 'signOff' | 'remarks' | 'pending' | 'signOffPin'>,
  now: Confirmation,
): boolean {
  if (signOff === null || pending.signOff !== null || pending.remarks !== null) return true;
  if (signOff.role !== null && signOff.role !== signOffPin) return true;
  const isSame = (before: string | null, word: string) => (before ?? '').trim() === word.trim();
  return !isSame(signOff.name, now.name) || !isSame(signOff.position, now.position) || !isSame(remarks, now.remarks);
}
