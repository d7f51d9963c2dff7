import type { JSX } from 'react';
import type { BoardProps } from './board-props.ts';
import { DeliveryCard } from './delivery-card.tsx';
import { SittingCard } from './sitting-card.tsx';
import { SourceCard } from './source-card.tsx';
import { StageCard } from './stage-card.tsx';
import { TotalsCard } from './totals-card.tsx';

/** Everything that matters now on one page: the sitting and its next step, the counts, signal, stage, report. */
export function Overview(props: BoardProps): JSX.Element {
  return (
    <div className="overview">
      <div className="overview-left">
        <SittingCard {...props} />
        <TotalsCard {...props} />
      </div>
      <div className="overview-right">
        <SourceCard {...props} />
        <StageCard {...props} />
        <DeliveryCard {...props} status={props.open.delivery.at(-1) ?? null} />
      </div>
    </div>
  );
}
