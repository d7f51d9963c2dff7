import type { Dispatch, JSX, ReactNode, RefObject } from 'react';
import { useEffect, useRef, useState } from 'react';
import './browse-screen.css';
import type { DeskMethod, DeskView } from '../../electron/contract/api.ts';
import type { PersonCard } from '../../electron/contract/api-person.ts';
import type { Answer } from '../client/call.ts';
import { callInHall } from '../client/call-in-hall.ts';
import type { ViewStream } from '../client/view-stream.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { RehearsalChip } from '../ui/watermark.tsx';
import type { BrowsedUnit, DeskAction } from './flow.ts';
import { Pager } from './pager.tsx';
import { PersonTile } from './person-choice.tsx';
import { useHidden, type Hidden } from './use-hidden.ts';
import { useTypingElsewhere } from './use-typing-elsewhere.ts';

interface Props {
  stream: ViewStream<'desk'>;
  view: DeskView;
  unit: BrowsedUnit | null;
  initial: string | null;
  dispatch: Dispatch<DeskAction>;
  onPick: (person: PersonCard, method: DeskMethod) => void;
  onHelp: () => void;
}

const TITLES = { units: 'desk.browseUnit', initials: 'desk.browseInitial', people: 'desk.pickYours' } as const;

/** To one's own name without typing: unit, first letter of the given name where the unit is large, person. Fills the screen. */
export function BrowseScreen({ stream, view, unit, initial, dispatch, onPick, onHelp }: Props): JSX.Element {
  const { t } = useTexts(view.address);
  const answer = useBrowse(stream, unit, initial);
  const list = useRef<HTMLUListElement>(null);
  const hidden = useHidden(list);
  useTypingElsewhere(dispatch);
  const back = (): void => {
    if (unit === null) dispatch({ type: 'clear' });
    else dispatch({ type: 'browsed', unit: initial === null ? null : unit, initial: null });
  };
  const step = answer?.ok ? answer.step : 'units';
  return (
    <section className="browse">
      <BrowseHead view={view} list={list} hidden={hidden} onBack={back} onHelp={onHelp}>
        <h2>{t(TITLES[step])}</h2>
        {unit && <p>{unit.unitName ?? t('desk.noUnit')}</p>}
      </BrowseHead>
      {answer && !answer.ok && <p className="browse-note">{t('common.reconnecting')}</p>}
      {step === 'initials' && <p className="browse-note">{t('desk.browseExample')}</p>}
      <ul ref={list} className={`browse-list ${layoutOf(answer)}`} style={{ gridTemplateRows: rowsOf(answer) }}>
        {answer?.ok &&
          answer.step === 'units' &&
          answer.units.map(({ unitId, unitName }) => (
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
        {answer?.ok &&
          answer.step === 'initials' &&
          answer.initials.map(({ letter }) => (
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
        {answer?.ok &&
          answer.step === 'people' &&
          answer.people.map((person) => (
            <li key={person.personId}>
              <PersonTile person={person} onPick={(picked) => onPick(picked, 'list')} />
            </li>
          ))}
      </ul>
    </section>
  );
}

function BrowseHead(props: {
  view: DeskView;
  list: RefObject<HTMLUListElement | null>;
  hidden: Hidden;
  onBack: () => void;
  onHelp: () => void;
  children: ReactNode;
}): JSX.Element {
  const { t } = useTexts();
  return (
    <div className="browse-head">
      <Button size="large" icon="back" onClick={props.onBack}>
        {t('common.back')}
      </Button>
      <div className="browse-title">{props.children}</div>
      <Pager list={props.list} hidden={props.hidden} />
      {props.view.rehearsal && <RehearsalChip word={t('common.rehearsal')} />}
      <Button size="large" icon="hand" onClick={props.onHelp}>
        {t('desk.askShort')}
      </Button>
    </div>
  );
}

/** So many choices side by side that all of them fit while they can, each as large as the screen allows. */
function columnsOf(answer: Answer<'desk/browse'> | null): number {
  if (!answer?.ok) return 3;
  if (answer.step === 'units') return answer.units.length <= 6 ? 2 : 3;
  if (answer.step === 'initials') return answer.initials.length <= 12 ? 4 : 6;
  if (answer.people.length <= 6) return 2;
  return answer.people.length <= 18 ? 3 : 4;
}

function countOf(answer: Answer<'desk/browse'> | null): number {
  if (!answer?.ok) return 0;
  if (answer.step === 'units') return answer.units.length;
  return answer.step === 'initials' ? answer.initials.length : answer.people.length;
}

function layoutOf(answer: Answer<'desk/browse'> | null): string {
  return `browse-${columnsOf(answer)}`;
}

/** Rows share the height; few of them do not become towers. */
function rowsOf(answer: Answer<'desk/browse'> | null): string {
  const rows = Math.max(4, Math.ceil(countOf(answer) / columnsOf(answer)));
  return `repeat(${rows}, minmax(min-content, 1fr))`;
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
