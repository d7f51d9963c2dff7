import type { JSX } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { Card } from '../ui/card.tsx';
import type { BoardProps } from './board-props.ts';
import { useCodeTexts } from './code-texts.ts';

/** What the centre's stream lacks, for the technician to read to the province; nothing while it lacks nothing. */
export function LacksCard({ open }: Pick<BoardProps, 'open'>): JSX.Element | null {
  const { t } = useTexts();
  const { lack } = useCodeTexts();
  const { missing } = open.source;
  if (missing.length === 0) return null;
  return (
    <div className="lacks-card">
      <Card title={t('console.source.missing')} icon="signal" tone="warn">
        <p>{t('console.source.missingNext')}</p>
        <ul className="board-list">
          {missing.map((code) => (
            <li key={code}>{lack(code)}</li>
          ))}
        </ul>
      </Card>
    </div>
  );
}
