import type { Dispatch, JSX } from 'react';
import { useRef } from 'react';
import './search-screen.css';
import type { DeskMethod, DeskView } from '../../electron/contract/api.ts';
import type { PersonCard } from '../../electron/contract/api-person.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Icon } from '../ui/icon.tsx';
import type { ViewStream } from '../client/view-stream.ts';
import type { DeskAction } from './flow.ts';
import { Greeting, OtherWays, TypingSteps } from './greeting.tsx';
import { LetterKeys } from './letter-keys.tsx';
import { NotNow } from './not-now.tsx';
import { Results } from './results.tsx';
import { usePickOnly, useSearch } from './use-search.ts';
import { useSearchKeys } from './use-search-keys.ts';

interface Props {
  view: DeskView;
  stream: ViewStream<'desk'>;
  query: string;
  /** This step is the one on screen. */
  active: boolean;
  hasScanner: boolean;
  dispatch: Dispatch<DeskAction>;
  onPick: (person: PersonCard, method: DeskMethod) => void;
}

/** Greeting with both ways to one's name, or what was typed with the people found; the letter keys at the foot. */
export function SearchScreen({ view, stream, query, active, hasScanner, dispatch, onPick }: Props): JSX.Element {
  const { t } = useTexts();
  const found = useSearch(stream, query);
  const input = useRef<HTMLInputElement>(null);
  const cards = useRef<HTMLUListElement>(null);
  const onEnter = usePickOnly(found, query, (person) => onPick(person, 'search'));
  const possible = view.open && view.hasRoster;
  const clear = (): void => {
    dispatch({ type: 'clear' });
    input.current?.focus({ preventScroll: true });
  };

  useSearchKeys({
    active: active && possible,
    input,
    cards,
    onClear: clear,
    onEnter,
  });

  if (!possible) return <NotNow view={view} clock={stream.clock} />;
  const idle = query.trim() === '';
  return (
    <div className={idle ? 'search search-idle' : 'search search-typing'}>
      {idle && <Greeting view={view} />}
      <div className="search-field">
        <label>
          <span className="visually-hidden">{t('desk.searchLabel')}</span>
          <Icon name="search" className="search-icon" />
          <input
            ref={input}
            value={query}
            placeholder={t('desk.placeholder')}
            // The system's own touch keyboard must not cover ours.
            inputMode="none"
            autoComplete="off"
            autoCorrect="off"
            spellCheck={false}
            onChange={(event) => dispatch({ type: 'typed', query: event.target.value })}
          />
        </label>
        {!idle && (
          <button type="button" className="search-clear" onClick={clear}>
            <Icon name="close" />
            <span>{t('desk.keyClear')}</span>
          </button>
        )}
      </div>
      {idle ? (
        <>
          <TypingSteps />
          <OtherWays
            hasScanner={hasScanner}
            onBrowse={() => dispatch({ type: 'browsed', unit: null, initial: null })}
          />
        </>
      ) : (
        <Results query={query} found={found} view={view} cards={cards} onPick={(person) => onPick(person, 'search')} />
      )}
      <LetterKeys
        onLetter={(letter) => dispatch({ type: 'letter', letter })}
        onErase={() => dispatch({ type: 'erase' })}
      />
    </div>
  );
}
