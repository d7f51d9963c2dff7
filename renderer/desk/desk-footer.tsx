import type { JSX } from 'react';
import type { DeskView } from '../../electron/contract/api.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { keepTogether } from '../../electron/shared/keep-together.ts';

/** What is always there: the notice on personal data, and a person to ask. */
export function DeskFooter(props: { view: DeskView; onHelp: () => void; onPrivacy: () => void }): JSX.Element {
  const { t } = useTexts();
  return (
    <footer className="desk-footer">
      <button type="button" className="desk-privacy" onClick={props.onPrivacy}>
        <span className="desk-privacy-short">{keepTogether(props.view.shortNotice ?? t('desk.privacy'))}</span>{' '}
        <u>{t('desk.privacyMore')}</u>
      </button>
      <Button tone="plain" size="large" icon="hand" onClick={props.onHelp}>
        {t('desk.askSecretary')}
      </Button>
    </footer>
  );
}
