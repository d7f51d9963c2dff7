import type { JSX } from 'react';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { formatTime } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';

/** Somebody at the desk waits for the secretary. On a locked console it can be seen and not be cleared. */
export function HelpBanner({ askedAt, locked }: { askedAt: number; locked: boolean }): JSX.Element {
  const { t, language } = useTexts();
  return (
    <output className={locked ? 'help-banner help-banner-locked' : 'help-banner'}>
      <Icon name="hand" />
      <strong>{t('people.help.asked', { time: formatTime(askedAt, language) })}</strong>
      {!locked && (
        <Button tone="primary" onClick={() => void call('console/people/help/clear', {})}>
          {t('people.help.done')}
        </Button>
      )}
    </output>
  );
}
