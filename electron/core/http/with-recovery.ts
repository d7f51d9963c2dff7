import type { ConsoleView } from '../../contract/api.ts';
import type { Recovery } from '../access/recovery.ts';

/** The console's view with the wish for a recovery code, until one was made; a rehearsal has nothing to recover. */
export function withRecovery(view: ConsoleView, { isMade }: Pick<Recovery, 'isMade'>): ConsoleView {
  if (isMade || view.open === null || view.rehearsal) return view;
  return { ...view, open: { ...view.open, wantsRecoveryCode: true } };
}
