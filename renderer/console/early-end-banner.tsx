import type { JSX } from 'react';
import type { ConsoleOpenView } from '../../electron/contract/api.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { formatCountdown } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import type { CoreClock } from '../ui/use-now.ts';
import { useNow } from '../ui/use-now.ts';
import type { Commands } from './use-command.ts';

/** Whether the sitting is over: asks, and says what happens if nobody answers. */
export function EarlyEndBanner(props: {
  question: NonNullable<ConsoleOpenView['earlyEnd']>;
  /** The sitting asked about. */
  sittingId: string;
  clock: CoreClock;
  commands: Commands;
}): JSX.Element {
  const { sittingId } = props;
  const { reason, closesAt } = props.question;
  const { t } = useTexts();
  const now = useNow(props.clock);
  return (
    <section
      className="early-end"
      role="alertdialog"
      aria-labelledby="early-end-title"
      aria-describedby="early-end-body"
    >
      <Icon name="hourglass" className="early-end-icon" />
      <div className="early-end-text">
        <h2 id="early-end-title">{t(`console.earlyEnd.title.${reason}`)}</h2>
        <p id="early-end-body">
          {closesAt === null
            ? t('console.earlyEnd.bodyWaits')
            : t('console.earlyEnd.body', { left: formatCountdown(closesAt - now) })}
        </p>
      </div>
      <Button onClick={() => void props.commands.run('console/early-end', { sittingId, close: false })}>
        {t('console.earlyEnd.keep')}
      </Button>
      <Button tone="danger" onClick={() => void props.commands.run('console/early-end', { sittingId, close: true })}>
        {t('console.earlyEnd.close')}
      </Button>
    </section>
  );
}
