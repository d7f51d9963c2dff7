import type { JSX } from 'react';
import { useState } from 'react';
import './people.css';
import { unreachable } from '../../electron/shared/result.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { SittingProps } from './board-props.ts';
import type { Place } from './tasks.ts';
import { HallPart } from './hall-part.tsx';
import { PeopleList } from './people-list.tsx';
import { RosterPart } from './roster-part.tsx';
import { ScannerPart } from './scanner-part.tsx';

const PARTS = ['list', 'hall', 'roster', 'scanner'] as const;
type Part = (typeof PARTS)[number];

/** Everything about people: the list and what is done with it, roll calls, bringing a roster in, trying the scanner. */
export function PeoplePage({ goal, ...props }: SittingProps & { goal: Place | null }): JSX.Element {
  const { t } = useTexts();
  const [part, setPart] = useState<Part>(goal?.part ?? 'list');
  return (
    <>
      <nav className="people-tabs" aria-label={t('people.tabs.label')}>
        {PARTS.map((each) => (
          <button
            key={each}
            type="button"
            aria-current={part === each ? 'page' : undefined}
            onClick={() => setPart(each)}
          >
            {t(`people.tabs.${each}`)}
          </button>
        ))}
      </nav>
      <PartContent key={props.chosen.id} part={part} missing={goal?.part === 'list'} {...props} />
    </>
  );
}

function PartContent({ part, missing, ...props }: SittingProps & { part: Part; missing: boolean }): JSX.Element {
  switch (part) {
    case 'list':
      return <PeopleList {...props} startWith={missing ? 'missing' : ''} />;
    case 'hall':
      return <HallPart {...props} />;
    case 'roster':
      return <RosterPart {...props} />;
    case 'scanner':
      return <ScannerPart />;
    default:
      return unreachable(part);
  }
}
