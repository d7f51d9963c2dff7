import type { JSX } from 'react';
import type { BoardProps } from './board.tsx';
import { DeliveryCard } from './delivery-card.tsx';

/** Every sealed revision, newest first. */
export function DeliveryPage(props: BoardProps): JSX.Element {
  const newestFirst = [...props.open.delivery].reverse();
  return (
    <div className="board-cards">
      {newestFirst.length === 0 && <DeliveryCard {...props} status={null} />}
      {newestFirst.map((status) => (
        <DeliveryCard key={`${status.reportId}/${status.revision}`} {...props} status={status} />
      ))}
    </div>
  );
}
