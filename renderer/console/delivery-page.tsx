import type { JSX } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import type { BoardProps } from './board.tsx';
import { DeliveryCard } from './delivery-card.tsx';

/** Every sealed revision, newest first. */
export function DeliveryPage(props: BoardProps): JSX.Element {
  const { t } = useTexts();
  const { provenance, logHead } = props.open;
  const newestFirst = [...props.open.delivery].reverse();
  return (
    <>
      <p className="board-small">
        {t(`console.package.${provenance}`)}
        {logHead && ` · ${t('console.package.log', { head: logHead })}`}
      </p>
      <div className="board-cards">
        {newestFirst.length === 0 && <DeliveryCard {...props} status={null} />}
        {newestFirst.map((status) => (
          <DeliveryCard key={`${status.reportId}/${status.revision}`} {...props} status={status} />
        ))}
      </div>
    </>
  );
}
