import type { Dispatch, JSX, ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import './browse-screen.css';
import type { DeskMethod, DeskView } from '../../electron/contract/api.ts';
import type { PersonCard } from '../../electron/contract/api-person.ts';
import type { Answer } from '../client/call.ts';
import { callInHall } from '../client/call-in-hall.ts';
import type { ViewStream } from '../client/view-stream.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import type { BrowsedUnit, DeskAction } from './flow.ts';
import { PersonChoice } from './results.tsx';
import { showNextPage, useHiddenBelow } from './use-hidden-below.ts';

interface Props {
  stream: ViewStream<'desk'>;
  view: DeskView;
  unit: BrowsedUnit | null;
  initial: string | null;
  dispatch: Dispatch<DeskAction>;
  onPick: (person: PersonCard, method: DeskMethod) => void;
}

/** To one's own name without typing: unit, first letter of the given name, person; three taps. */
export function BrowseScreen({ stream, view, unit, initial, dispatch, onPick }: Props): JSX.Element {
  const { t } = useTexts(view.address);
  const answer = useBrowse(stream, unit, initial);
  const back = (): void => {
    if (unit === null) dispatch({ type: 'started_over' });
    else dispatch({ type: 'browsed', unit: initial === null ? null : unit, initial: null });
  };
  const title = unit === null ? 'desk.browseUnit' : initial === null ? 'desk.browseInitial' : 'desk.pickYours';
  return (
    <section className="browse">
      <div className="browse-head">
        <Button size="large" icon="back" onClick={back}>
          {t('common.back')}
        </Button>
        <h2>{t(title)}</h2>
        {unit && <p>{unit.unitName ?? t('desk.noUnit')}</p>}
      </div>
      {answer && !answer.ok && <p className="browse-note">{t('common.reconnecting')}</p>}
      {answer?.ok && answer.step === 'units' && (
        <Choices key="units" className="browse-units">
          {answer.units.map(({ unitId, unitName }) => (
            <li key={unitId ?? ''}>
              <button
                type="button"
                className="browse-choice"
                onClick={() => dispatch({ type: 'browsed', unit: { unitId, unitName }, initial: null })}
              >
                {unitName ?? t('desk.noUnit')}
              </button>
            </li>
          ))}
        </Choices>
      )}
      {answer?.ok && answer.step === 'initials' && (
        <Choices key="initials" className="browse-initials">
          {answer.initials.map(({ letter }) => (
            <li key={letter}>
              <button
                type="button"
                className="browse-choice browse-letter"
                onClick={() => dispatch({ type: 'browsed', unit, initial: letter })}
              >
                {letter === '#' ? t('desk.otherLetter') : letter}
              </button>
            </li>
          ))}
        </Choices>
      )}
      {answer?.ok && answer.step === 'people' && (
        <Choices key="people" className="browse-people">
          {answer.people.map((person) => (
            <li key={person.personId}>
              <PersonChoice person={person} onPick={(picked) => onPick(picked, 'list')} />
            </li>
          ))}
        </Choices>
      )}
    </section>
  );
}

function Choices({ className, children }: { className: string; children: ReactNode }): JSX.Element {
  const { t } = useTexts();
  const list = useRef<HTMLUListElement>(null);
  const hidden = useHiddenBelow(list);
  return (
    <>
      <ul ref={list} className={`browse-list ${className}`}>
        {children}
      </ul>
      {hidden && (
        <Button icon="down" size="large" className="browse-more" onClick={() => showNextPage(list.current)}>
          {t('desk.nextPage')}
        </Button>
      )}
    </>
  );
}

/** What the core answers for this step; null until it has. */
function useBrowse(
  stream: ViewStream<'desk'>,
  unit: BrowsedUnit | null,
  initial: string | null,
): Answer<'desk/browse'> | null {
  const [found, setFound] = useState<{ key: string; answer: Answer<'desk/browse'> } | null>(null);
  const key = JSON.stringify([unit, initial]);
  useEffect(() => {
    let wanted = true;
    const input = { ...(unit ? { unitId: unit.unitId } : {}), ...(initial === null ? {} : { initial }) };
    void callInHall(stream, 'desk/browse', input).then((answer) => {
      if (wanted) setFound({ key, answer });
    });
    return () => {
      wanted = false;
    };
  }, [stream, key, unit, initial]);
  return found?.key === key ? found.answer : null;
}
