import type { JSX } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { Card } from '../ui/card.tsx';

/** In place of delivery, where reports go nowhere: that they are sealed, and who takes care of them. */
export function NoReceiverCard({ isSealed }: { isSealed: boolean }): JSX.Element {
  const { t } = useTexts();
  return (
    <Card title={t('receiver.title')} icon="report">
      <p data-testid="no-receiver">
        <strong>{t('receiver.says')}</strong> {t(isSealed ? 'receiver.after' : 'receiver.before')}
      </p>
    </Card>
  );
}
