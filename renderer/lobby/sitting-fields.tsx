import type { JSX } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { DayField, TimeField } from '../ui/moment-field.tsx';

/** A sitting as it is typed: a day and two times of Vietnam. */
export interface SittingDraft {
  title: string;
  /** `2026-11-27`. */
  day: string;
  /** `07:30`. */
  from: string;
  to: string;
}

const MOST = 6;
const momentOf = (day: string, time: string): number => Date.parse(`${day}T${time}:00+07:00`);

/** The sittings with their moments; null while any of them is not whole or ends before it begins. */
export function toSittings(
  drafts: readonly SittingDraft[],
): { title: string; startsAt: number; endsAt: number }[] | null {
  const sittings = drafts.map(({ title, day, from, to }) => ({
    title: title.trim(),
    startsAt: momentOf(day, from),
    endsAt: momentOf(day, to),
  }));
  return sittings.every(({ title, startsAt, endsAt }) => title !== '' && endsAt > startsAt) ? sittings : null;
}

/** Title, day and times of each sitting, with a key for one more. */
export function SittingFields(props: {
  drafts: readonly SittingDraft[];
  onChange: (drafts: readonly SittingDraft[]) => void;
}): JSX.Element {
  const { drafts, onChange } = props;
  const { t } = useTexts();
  const change = (index: number, part: Partial<SittingDraft>): void =>
    onChange(drafts.map((draft, i) => (i === index ? { ...draft, ...part } : draft)));
  return (
    <fieldset className="lobby-sittings">
      <legend>{t('lobby.facts.sittings')}</legend>
      {drafts.map((draft, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- rows are only added and taken off at the end
        <div key={index} className="lobby-sitting">
          <label>
            {t('lobby.local.sitting')}
            <input
              value={draft.title}
              maxLength={300}
              onChange={(e) => change(index, { title: e.currentTarget.value })}
            />
          </label>
          <label>
            {t('lobby.local.day')}
            <DayField value={draft.day} onChange={(day) => change(index, { day })} />
          </label>
          <label>
            {t('lobby.local.from')}
            <TimeField value={draft.from} onChange={(from) => change(index, { from })} />
          </label>
          <label>
            {t('lobby.local.to')}
            <TimeField value={draft.to} onChange={(to) => change(index, { to })} />
          </label>
        </div>
      ))}
      <div className="lobby-sitting-keys">
        <Button
          disabled={drafts.length >= MOST}
          onClick={() => onChange([...drafts, { title: '', day: drafts.at(-1)?.day ?? '', from: '', to: '' }])}
        >
          {t('lobby.local.addSitting')}
        </Button>
        {drafts.length > 1 && (
          <Button onClick={() => onChange(drafts.slice(0, -1))}>{t('lobby.local.dropSitting')}</Button>
        )}
      </div>
    </fieldset>
  );
}
