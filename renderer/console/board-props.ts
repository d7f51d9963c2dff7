import type { ConsoleOpenView, ConsoleView } from '../../electron/contract/api.ts';
import type { CoreClock } from '../ui/use-now.ts';
import type { Question } from './confirm-sheet.tsx';
import type { Commands } from './use-command.ts';

/** What pages and cards of the board choose from; each names what it uses. */
export interface BoardProps {
  view: ConsoleView;
  open: ConsoleOpenView;
  clock: CoreClock;
  commands: Commands;
  ask: (question: Question) => void;
}
