import type { JSX } from 'react';
import type { DeskView } from '../../electron/contract/api.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';

/** The whole notice on personal data, as the session package words it. */
export function PrivacySheet({ view, onClose }: { view: DeskView; onClose: () => void }): JSX.Element {
  const { t } = useTexts();
  return (
    <Sheet
      wide
      title={t('desk.privacyTitle')}
      onClose={onClose}
      actions={
        <Button tone="primary" size="large" onClick={onClose}>
          {t('common.close')}
        </Button>
      }
    >
      {view.notice.split(/\n+/u).map((paragraph) => (
        <p key={paragraph} className="desk-privacy-paragraph">
          {paragraph}
        </p>
      ))}
    </Sheet>
  );
}
