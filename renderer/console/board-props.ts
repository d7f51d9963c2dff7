import type { ConsoleOpenView, ConsoleView } from '../../electron/contract/api.ts';
import type { CoreClock } from '../ui/use-now.ts';
import type { ChosenSitting } from './chosen-sitting.tsx';
import type { Question } from './confirm-sheet.tsx';
import type { Commands } from './use-command.ts';

/** What every page of the board is given. */
export interface BoardProps {
  view: ConsoleView;
  open: ConsoleOpenView;
  clock: CoreClock;
  commands: Commands;
  ask: (question: Question) => void;
}

/** What a page about the people or the report of one sitting is given. */
export interface SittingProps extends BoardProps {
  chosen: ChosenSitting;
}
