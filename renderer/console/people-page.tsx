import type { JSX } from 'react';
import { useState } from 'react';
import './people.css';
import { unreachable } from '../../electron/shared/result.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { SittingProps } from './board-props.ts';
import { HallPart } from './hall-part.tsx';
import { PeopleList } from './people-list.tsx';
import { RosterPart } from './roster-part.tsx';
import { ScannerPart } from './scanner-part.tsx';

const PARTS = ['list', 'hall', 'roster', 'scanner'] as const;
type Part = (typeof PARTS)[number];

/** Everything about people: the list and what is done with it, roll calls, bringing a roster in, trying the scanner. */
export function PeoplePage(props: SittingProps): JSX.Element {
  const { t } = useTexts();
  const [part, setPart] = useState<Part>('list');
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
      <PartContent key={props.chosen.id} part={part} {...props} />
    </>
  );
}

function PartContent({ part, ...props }: SittingProps & { part: Part }): JSX.Element {
  switch (part) {
    case 'list':
      return <PeopleList {...props} />;
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
