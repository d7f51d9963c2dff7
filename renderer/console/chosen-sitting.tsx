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

/** Which sitting the pages about people and reports are about: a choice when the day has several, else its name. */
export function SittingSelect(props: { chosen: ChosenSitting; open: ConsoleOpenView }): JSX.Element {
  const { t } = useTexts();
  const { chosen, open } = props;
  if (open.sittings.length < 2) return <p className="sitting-select">{chosen.sitting.title}</p>;
  const remark = ({ id, state }: SittingView): string | null => {
    if (state === 'amended') return t('console.sitting.amendingShort');
    return open.reports.some((report) => report.sittingId === id && report.returnReason !== null)
      ? t('console.delivery.returned')
      : null;
  };
  return (
    <select
      aria-label={t('report.choose')}
      className="board-input sitting-select"
      title={chosen.sitting.title}
      value={chosen.id}
      onChange={(event) => chosen.choose(event.target.value)}
    >
      {open.sittings.map((sitting) => (
        <option key={sitting.id} value={sitting.id}>
          {[sitting.title, remark(sitting)].filter(Boolean).join(' · ')}
        </option>
      ))}
    </select>
  );
}
