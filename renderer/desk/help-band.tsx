import type { JSX } from 'react';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { formatTime } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';

/** Somebody waits for the secretary, who takes this away on arriving. `since`: epoch milliseconds. */
export function HelpBand({ since }: { since: number }): JSX.Element {
  const { t, language } = useTexts();
  return (
    <output className="help-band" data-testid="help-band">
      <Icon name="hand" />
      <p>{t('desk.helpBand', { time: formatTime(since, language) })}</p>
      <Button size="large" onClick={() => void call('desk/help-done', {})}>
        {t('desk.helpHere')}
      </Button>
    </output>
  );
}
