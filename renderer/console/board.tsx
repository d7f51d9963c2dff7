import type { JSX } from 'react';
import { useRef, useState } from 'react';
import './board.css';
import type { ConsoleOpenView, ConsoleView } from '../../electron/contract/api.ts';
import { unreachable } from '../../electron/shared/result.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { vi } from '../i18n/vi.ts';
import type { IconName } from '../ui/icon.tsx';
import { Icon } from '../ui/icon.tsx';
import type { CoreClock } from '../ui/use-now.ts';
import { useScrolls } from '../ui/use-scrolls.ts';
import { BoardHeader } from './board-header.tsx';
import type { BoardProps } from './board-props.ts';
import { ChecksPage } from './checks-page.tsx';
import { useChosenSitting, type ChosenSitting } from './chosen-sitting.tsx';
import type { Question } from './confirm-sheet.tsx';
import { ConfirmSheet } from './confirm-sheet.tsx';
import { DeliveryPage } from './delivery-page.tsx';
import { AfterOutageBanner } from './after-outage-banner.tsx';
import { EarlyEndBanner } from './early-end-banner.tsx';
import { HelpPage } from './help-page.tsx';
import { HelpBanner } from './help-banner.tsx';
import { Overview } from './overview.tsx';
import { PeoplePage } from './people-page.tsx';
import { SettingsPage } from './settings-page.tsx';
import { SittingBands } from './sitting-bands.tsx';
import { StagePage } from './stage-page.tsx';
import type { Place } from './tasks.ts';
import { Toasts } from './toasts.tsx';
import { TrialBanner } from './trial-part.tsx';
import { useCommands } from './use-command.ts';
import { useIdleLock } from './use-idle-lock.ts';
import { WindowBar } from './window-bar.tsx';

type Page = 'settings' | 'board' | 'checks' | 'people' | 'stage' | 'delivery' | 'help';

/** The settings are reached below, with the ways out. */
const PAGES: readonly { page: Exclude<Page, 'settings'>; icon: IconName }[] = [
  { page: 'board', icon: 'board' },
  { page: 'checks', icon: 'check' },
  { page: 'people', icon: 'desk' },
  { page: 'stage', icon: 'screen' },
  { page: 'delivery', icon: 'send' },
  { page: 'help', icon: 'info' },
];

/** The unlocked console: pages beside a rail, one question at a time over them. */
export function Board({
  view,
  open,
  clock,
}: {
  view: ConsoleView;
  open: ConsoleOpenView;
  clock: CoreClock;
}): JSX.Element {
  const { t } = useTexts();
  const [page, setPage] = useState<Page>('board');
  /** Where a task of the list leads; its count makes the page begin there again. */
  const [goal, setGoal] = useState<{ place: Place | null; count: number }>({ place: null, count: 0 });
  useIdleLock();
  const [question, setQuestion] = useState<Question | null>(null);
  const main = useRef<HTMLElement>(null);
  const scrolls = useScrolls(main);
  const commands = useCommands();
  const chosen = useChosenSitting(view, open);
  const props: BoardProps = { view, open, clock, commands, ask: setQuestion };
  /** A page begins at its top, however far the one before was scrolled. */
  const begin = (next: Page, place: Place | null): void => {
    setGoal({ place, count: goal.count + 1 });
    setPage(next);
    main.current?.scrollTo(0, 0);
  };
  const turnTo = (next: Page): void => begin(next, null);
  const go = (place: Place): void => {
    if (place.sittingId !== undefined && place.sittingId !== chosen?.id) chosen?.choose(place.sittingId);
    begin(place.page, place);
  };
  return (
    <Toasts>
      <div className="board">
        <BoardHeader view={view} open={open} clock={clock} chosen={chosen} />
        <div className="board-rail">
          <nav aria-label={t('console.nav.label')}>
            {PAGES.map((each) => (
              <button
                key={each.page}
                type="button"
                aria-current={page === each.page ? 'page' : undefined}
                onClick={() => turnTo(each.page)}
              >
                <Icon name={each.icon} />
                {t(`console.nav.${each.page}`)}
              </button>
            ))}
          </nav>
          <WindowBar
            open={open}
            commands={commands}
            atSettings={page === 'settings'}
            goToSettings={() => turnTo('settings')}
          />
        </div>
        <main ref={main} className="board-page" {...(scrolls ? { tabIndex: 0 } : {})}>
          {open.earlyEnd && view.sitting && (
            <EarlyEndBanner question={open.earlyEnd} sitting={view.sitting} clock={clock} commands={commands} />
          )}
          {open.afterOutage && !open.earlyEnd && (
            <AfterOutageBanner question={open.afterOutage} sittingId={view.sitting?.id ?? ''} commands={commands} />
          )}
          {typeof view.helpAskedAt === 'number' && <HelpBanner askedAt={view.helpAskedAt} locked={false} />}
          {open.trialUntil !== undefined && <TrialBanner until={open.trialUntil} commands={commands} />}
          <Failure code={commands.failure} />
          {chosen && (
            <SittingBands
              chosen={chosen}
              view={view}
              open={open}
              onReportPage={page === 'delivery'}
              goToReport={() => turnTo('delivery')}
            />
          )}
          <PageContent key={goal.count} page={page} chosen={chosen} goal={goal.place} onGo={go} {...props} />
        </main>
        {question && (
          <ConfirmSheet
            question={question}
            view={view}
            open={open}
            commands={commands}
            onClose={() => setQuestion(null)}
          />
        )}
      </div>
    </Toasts>
  );
}

function PageContent({
  page,
  chosen,
  goal,
  onGo,
  ...props
}: BoardProps & {
  page: Page;
  chosen: ChosenSitting | null;
  goal: Place | null;
  onGo: (place: Place) => void;
}): JSX.Element | null {
  switch (page) {
    case 'board':
      return <Overview {...props} chosen={chosen} onGo={onGo} />;
    case 'checks':
      return <ChecksPage {...props} />;
    case 'people':
      return chosen && <PeoplePage of={chosen} open={props.open} goal={goal} />;
    case 'stage':
      return <StagePage {...props} />;
    case 'delivery':
      return (
        chosen && (
          <DeliveryPage
            key={chosen.id}
            chosen={chosen}
            signAtOnce={goal?.sheet === 'sign'}
            open={props.open}
            rehearsal={props.view.rehearsal}
            clock={props.clock}
            commands={props.commands}
          />
        )
      );
    case 'settings':
      return <SettingsPage {...props} />;
    case 'help':
      return <HelpPage view={props.view} />;
    default:
      return unreachable(page);
  }
}

const isKnown = (code: string): code is keyof typeof vi.console.failed => Object.hasOwn(vi.console.failed, code);

function Failure({ code }: { code: string | null }): JSX.Element {
  const { t } = useTexts();
  return (
    <div role="alert" className="board-failures">
      {code && <p className="board-failure">{t(`console.failed.${isKnown(code) ? code : 'general'}`)}</p>}
    </div>
  );
}
