import type { JSX } from 'react';
import { useState } from 'react';
import './board.css';
import type { ConsoleOpenView, ConsoleView } from '../../electron/contract/api.ts';
import { unreachable } from '../../electron/shared/result.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { IconName } from '../ui/icon.tsx';
import { Icon } from '../ui/icon.tsx';
import type { CoreClock } from '../ui/use-now.ts';
import { BoardHeader } from './board-header.tsx';
import type { BoardProps } from './board-props.ts';
import { useChosenSitting, type ChosenSitting } from './chosen-sitting.tsx';
import type { Question } from './confirm-sheet.tsx';
import { ConfirmSheet } from './confirm-sheet.tsx';
import { DeliveryPage } from './delivery-page.tsx';
import { EarlyEndBanner } from './early-end-banner.tsx';
import { HelpBanner } from './help-banner.tsx';
import { Overview } from './overview.tsx';
import { PeoplePage } from './people-page.tsx';
import { SittingBands } from './sitting-bands.tsx';
import { StagePage } from './stage-page.tsx';
import { useCommands } from './use-command.ts';
import { WindowBar } from './window-bar.tsx';

type Page = 'board' | 'people' | 'stage' | 'delivery';

const PAGES: readonly { page: Page; icon: IconName }[] = [
  { page: 'board', icon: 'board' },
  { page: 'people', icon: 'desk' },
  { page: 'stage', icon: 'screen' },
  { page: 'delivery', icon: 'send' },
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
  const [question, setQuestion] = useState<Question | null>(null);
  const commands = useCommands();
  const chosen = useChosenSitting(view, open);
  const props: BoardProps = { view, open, clock, commands, ask: setQuestion };
  return (
    <div className="board">
      <BoardHeader view={view} open={open} clock={clock} chosen={chosen} />
      <div className="board-rail">
        <nav aria-label={t('console.nav.label')}>
          {PAGES.map((each) => (
            <button
              key={each.page}
              type="button"
              aria-current={page === each.page ? 'page' : undefined}
              onClick={() => setPage(each.page)}
            >
              <Icon name={each.icon} />
              {t(`console.nav.${each.page}`)}
            </button>
          ))}
        </nav>
        <WindowBar {...props} />
      </div>
      <main className="board-page">
        {open.earlyEnd && (
          <EarlyEndBanner
            question={open.earlyEnd}
            sittingId={view.sitting?.id ?? ''}
            clock={clock}
            commands={commands}
          />
        )}
        {typeof view.helpAskedAt === 'number' && <HelpBanner askedAt={view.helpAskedAt} locked={false} />}
        <Failure code={commands.failure} />
        {chosen && (
          <SittingBands
            chosen={chosen}
            view={view}
            open={open}
            onReportPage={page === 'delivery'}
            goToReport={() => setPage('delivery')}
          />
        )}
        <PageContent page={page} chosen={chosen} {...props} />
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
  );
}

function PageContent({
  page,
  chosen,
  ...props
}: BoardProps & { page: Page; chosen: ChosenSitting | null }): JSX.Element | null {
  switch (page) {
    case 'board':
      return <Overview {...props} />;
    case 'people':
      return chosen && <PeoplePage {...props} chosen={chosen} />;
    case 'stage':
      return <StagePage {...props} />;
    case 'delivery':
      return chosen && <DeliveryPage key={chosen.id} {...props} chosen={chosen} />;
    default:
      return unreachable(page);
  }
}

function Failure({ code }: { code: string | null }): JSX.Element {
  const { t } = useTexts();
  return (
    <div role="alert" className="board-failures">
      {code && (
        <p className="board-failure">
          {code === 'unreachable' ? t('console.failed.unreachable') : t('console.failed.general', { code })}
        </p>
      )}
    </div>
  );
}
