import type { JSX, KeyboardEvent } from 'react';
import { useCallback, useRef, useState } from 'react';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { formatCount, formatTime } from '../ui/format.ts';
import { AddPersonSheet } from './add-person-sheet.tsx';
import { useHoldSitting, type ChosenSitting } from './chosen-sitting.tsx';
import { momentOfDay } from './moment-of-day.ts';
import { matchOnPaper, readTime, type OnPaper } from './paper-match.ts';
import { usePeopleTexts } from './people-texts.ts';
import { useSay } from './toasts.tsx';
import { undoLast } from './undo.ts';
import { useLoaded } from '../ui/use-loaded.ts';

/** After a power failure: the sheet that was filled in by hand is typed in with the keyboard alone, line by line. */
export function PaperPart({ of }: { of: ChosenSitting }): JSX.Element {
  const { t, language } = useTexts();
  const { state } = of.sitting;
  const takes = state === 'open' || state === 'live' || state === 'amended';
  useHoldSitting(of);
  const [done, setDone] = useState<readonly { person: OnPaper; time: string }[]>([]);
  const [adding, setAdding] = useState<string | null>(null);
  return (
    <div className="people-hall">
      <Card title={t('board.paper.title')} icon="desk">
        <p>{t(takes ? 'board.paper.hint' : 'board.paper.closed')}</p>
        {takes && (
          <Entry
            of={of}
            onAdd={setAdding}
            onWritten={(person, time) => setDone((before) => [{ person, time }, ...before])}
          />
        )}
      </Card>
      <Card
        title={
          done.length === 0
            ? t('board.paper.doneNone')
            : t('board.paper.done', { n: formatCount(done.length, language) })
        }
        icon="check"
      >
        <ol className="paper-done" reversed>
          {done.map(({ person, time }) => (
            <li key={person.personId}>
              <strong>{person.name}</strong> {t('board.paper.number', { n: person.number })} · {time}
            </li>
          ))}
        </ol>
      </Card>
      {adding !== null && (
        <AddPersonSheet of={of} paperTime={adding} onDone={() => undefined} onClose={() => setAdding(null)} />
      )}
    </div>
  );
}

function Entry(props: {
  of: ChosenSitting;
  onWritten: (person: OnPaper, time: string) => void;
  /** With the time typed so far. */
  onAdd: (time: string) => void;
}): JSX.Element {
  const { t, language } = useTexts();
  const texts = usePeopleTexts();
  const say = useSay();
  const { of } = props;
  const load = useCallback(async (): Promise<OnPaper[] | undefined> => {
    const answer = await call('console/people/paper-list', { sittingId: of.id });
    return answer.ok ? answer.people : undefined;
  }, [of.id]);
  const { value } = useLoaded(load, JSON.stringify(of.hall.totals));
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const [time, setTime] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const who = useRef<HTMLInputElement>(null);
  const when = useRef<HTMLInputElement>(null);
  const found = matchOnPaper(value ?? [], typed);
  const person = found[Math.min(at, found.length - 1)];

  const write = async (): Promise<void> => {
    const read = readTime(time);
    const moment = read === null ? null : momentOfDay(read, of.sitting.startsAt);
    if (!person || busy) return;
    if (read === null || moment === null) return setRefusal(t('board.paper.timeWrong'));
    setBusy(true);
    const { personId, name } = person;
    const answer = await call('console/people/sign-in', { sittingId: of.id, personId, at: moment, fromPaper: true });
    setBusy(false);
    if (!answer.ok) return setRefusal(`${name}: ${texts.fault(answer)}`);
    setRefusal(null);
    setTyped('');
    setAt(0);
    props.onWritten(person, read);
    say(t('board.paper.written', { name, time: read }), () => undoLast(of.id, personId, t('people.reason.undo1')));
    return who.current?.focus();
  };
  const move = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) event.preventDefault();
    if (step !== 0 && found.length > 0) setAt((before) => (before + step + found.length) % found.length);
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (!person) return;
    // The time of the line before is chosen whole: it is kept by Enter and replaced by typing.
    when.current?.focus();
    when.current?.select();
  };
  return (
    <form
      className="people-form paper-entry"
      onSubmit={(event) => {
        event.preventDefault();
        void write();
      }}
    >
      <label className="people-field">
        <span>{t('board.paper.who')}</span>
        <input
          ref={who}
          className="board-input"
          value={typed}
          autoComplete="off"
          spellCheck={false}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- a page for one field, typed into at once
          autoFocus
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
            setRefusal(null);
          }}
          onKeyDown={move}
        />
      </label>
      <label className="people-field">
        <span>{t('board.paper.time')}</span>
        <input
          ref={when}
          className="board-input people-time"
          inputMode="numeric"
          value={time}
          placeholder="07:05"
          autoComplete="off"
          onChange={(event) => setTime(event.target.value)}
        />
      </label>
      {/* Before the candidates, whose number changes while somebody types: nothing that is pressed moves. */}
      <div className="board-action">
        <button type="submit" className="button button-primary button-medium" disabled={busy || !person}>
          {t('board.paper.save')}
        </button>
        <Button onClick={() => props.onAdd(readTime(time) ?? '')}>{t('board.paper.add')}</Button>
      </div>
      <p role="alert" className="people-said">
        {refusal}
      </p>
      <ul className="paper-found" aria-label={t('board.paper.found')}>
        {found.map((each, i) => (
          <li key={each.personId}>
            <button
              type="button"
              className="people-open"
              aria-pressed={each === person}
              onClick={() => {
                setAt(i);
                when.current?.focus();
                when.current?.select();
              }}
            >
              <strong>
                {each.number}. {each.name}
              </strong>
              <span>
                {[
                  each.birthYear,
                  each.unit,
                  each.signedInAt === null
                    ? null
                    : t('board.paper.already', { time: formatTime(each.signedInAt, language) }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </button>
          </li>
        ))}
        {typed.trim() !== '' && value !== null && found.length === 0 && <li>{t('board.paper.nobody')}</li>}
      </ul>
    </form>
  );
}
