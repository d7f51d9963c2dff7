import type { JSX } from 'react';
import { useState } from 'react';
import './people.css';
import type { ConsoleOpenView } from '../../electron/contract/api.ts';
import { unreachable } from '../../electron/shared/result.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { ChosenSitting } from './chosen-sitting.tsx';
import type { Place } from './tasks.ts';
import { HallPart } from './hall-part.tsx';
import { PaperPart } from './paper-part.tsx';
import { PeopleList } from './people-list.tsx';
import { RosterPart } from './roster-part.tsx';
import { ScannerPart } from './scanner-part.tsx';

const PARTS = ['list', 'hall', 'paper', 'roster', 'scanner'] as const;
type Part = (typeof PARTS)[number];

interface PartProps {
  of: ChosenSitting;
  open: ConsoleOpenView;
}

/** Everything about people: the list and what is done with it, roll calls, bringing a roster in, trying the scanner. */
export function PeoplePage(props: PartProps & { goal: Place | null }): JSX.Element {
  const { goal } = props;
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
      <PartContent key={props.of.id} part={part} missing={goal?.part === 'list'} of={props.of} open={props.open} />
    </>
  );
}

function PartContent({ part, missing, of, open }: PartProps & { part: Part; missing: boolean }): JSX.Element {
  switch (part) {
    case 'list':
      return <PeopleList of={of} open={open} startWith={missing ? 'missing' : ''} />;
    case 'hall':
      return <HallPart of={of} />;
    case 'paper':
      return <PaperPart of={of} />;
    case 'roster':
      return <RosterPart />;
    case 'scanner':
      return <ScannerPart />;
    default:
      return unreachable(part);
  }
}
