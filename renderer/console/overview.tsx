import type { JSX } from 'react';
import type { BoardProps } from './board-props.ts';
import type { ChosenSitting } from './chosen-sitting.tsx';
import { DeliveryCard } from './delivery-card.tsx';
import { NoReceiverCard } from './no-receiver-card.tsx';
import { SittingCard } from './sitting-card.tsx';
import { SourceCard } from './source-card.tsx';
import { StageCard } from './stage-card.tsx';
import type { Place } from './tasks.ts';
import { TasksCard } from './tasks-card.tsx';
import { TotalsCard } from './totals-card.tsx';

/** Everything that matters now on one page: the sitting and its next step, the counts, signal, stage, report. */
export function Overview(
  props: BoardProps & { chosen: ChosenSitting | null; onGo: (place: Place) => void },
): JSX.Element {
  const { view, open, clock, commands, ask } = props;
  const newest = open.delivery.at(-1) ?? null;
  return (
    <div className="overview">
      <div className="overview-left">
        <SittingCard sitting={view.sitting} sourceIsLive={open.source.health === 'live'} clock={clock} ask={ask} />
        {props.chosen && <TotalsCard chosen={props.chosen} />}
      </div>
      <div className="overview-right">
        <TasksCard view={view} open={open} clock={clock} onGo={props.onGo} />
        <SourceCard view={view} open={open} clock={clock} />
        <StageCard {...props} />
        {open.noReceiver ? (
          <NoReceiverCard isSealed={open.reports.some(({ lastRevision }) => lastRevision > 0)} />
        ) : (
          <DeliveryCard status={newest} reports={open.reports} rehearsal={false} clock={clock} commands={commands} />
        )}
      </div>
    </div>
  );
}
