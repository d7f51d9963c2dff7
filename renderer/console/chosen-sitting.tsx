import type { JSX } from 'react';
import { useCallback, useEffect, useState } from 'react';
import type { ConsoleOpenView, ConsoleView, SittingView } from '../../electron/contract/api.ts';
import type { HallView } from '../../electron/contract/api-attendance.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** The sitting that the pages about people and reports show and change. */
export interface ChosenSitting {
  id: string;
  sitting: SittingView;
  hall: HallView;
  /** Chooses a sitting by hand; it stays until another is chosen. */
  choose: (sittingId: string) => void;
  /** Keeps this sitting while something is being entered; returns the way to let go. */
  hold: (sittingId: string) => () => void;
}

/**
 * The sitting chosen by hand; before any choice the one the hall is in. While something is being entered it stays as it was,
 * so that an entry begun in the morning's list never lands in the afternoon's. Null while the core knows no sitting.
 */
export function useChosenSitting(view: ConsoleView, open: ConsoleOpenView): ChosenSitting | null {
  const [byHand, choose] = useState<string | null>(null);
  const [held, setHeld] = useState<{ id: string; times: number } | null>(null);
  const hold = useCallback((sittingId: string) => {
    setHeld((before) => (before ? { ...before, times: before.times + 1 } : { id: sittingId, times: 1 }));
    return () => setHeld((before) => (before && before.times > 1 ? { ...before, times: before.times - 1 } : null));
  }, []);
  const wanted = [byHand, held?.id, view.sitting?.id, open.sittings[0]?.id];
  for (const id of wanted) {
    const sitting = open.sittings.find((each) => each.id === id);
    const hall = open.halls.find((each) => each.sittingId === id);
    if (sitting && hall) return { id: sitting.id, sitting, hall, choose, hold };
  }
  return null;
}

/** Keeps the chosen sitting for as long as the component is there, or `active`. */
export function useHoldSitting({ id, hold }: ChosenSitting, active = true): void {
  const [heldId] = useState(id);
  useEffect(() => (active ? hold(heldId) : undefined), [active, hold, heldId]);
}

/** Which sitting of the day, when there are several, and a word when it is not the one the hall is in. */
export function SittingSelect(props: {
  chosen: ChosenSitting;
  view: ConsoleView;
  open: ConsoleOpenView;
  /** What is said of a sitting after its title. */
  remark?: (sittingId: string) => string | null;
}): JSX.Element | null {
  const { t } = useTexts();
  const { chosen, view, open, remark } = props;
  if (open.sittings.length < 2) return null;
  const isHall = view.sitting === null || view.sitting.id === chosen.id;
  return (
    <div className="sitting-select">
      <select
        aria-label={t('report.choose')}
        className="board-input"
        value={chosen.id}
        onChange={(event) => chosen.choose(event.target.value)}
      >
        {open.sittings.map(({ id, title }) => (
          <option key={id} value={id}>
            {[title, remark?.(id)].filter(Boolean).join(' · ')}
          </option>
        ))}
      </select>
      {!isHall && (
        <p>{t('console.sitting.notHall', { title: chosen.sitting.title, hall: view.sitting?.title ?? '' })}</p>
      )}
    </div>
  );
}
