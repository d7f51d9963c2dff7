import type { JSX } from 'react';
import type { ConsoleOpenView } from '../../electron/contract/api.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { formatCountdown, inSentence } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import type { CoreClock } from '../ui/use-now.ts';
import { useNow } from '../ui/use-now.ts';
import { useSay } from './toasts.tsx';
import type { Commands } from './use-command.ts';

/** Whether the sitting is over: asks, and says what happens if nobody answers. */
export function EarlyEndBanner(props: {
  question: NonNullable<ConsoleOpenView['earlyEnd']>;
  /** The sitting asked about. */
  sitting: { id: string; title: string };
  clock: CoreClock;
  commands: Commands;
}): JSX.Element {
  const { sitting, commands } = props;
  const { reason, closesAt } = props.question;
  const { t, language } = useTexts();
  const now = useNow(props.clock);
  const say = useSay();
  const answer = async (close: boolean): Promise<void> => {
    if (!(await commands.run('console/early-end', { sittingId: sitting.id, close }))) return;
    if (!close) return say(t('board.early.kept'));
    return say(
      t(reason === 'endlist' ? 'console.toast.ending' : 'console.toast.ended', {
        title: inSentence(sitting.title, language),
      }),
      () =>
        commands.run('console/reopen-sitting', {
          sittingId: sitting.id,
          reason: t('console.sitting.reopenReason1'),
        }),
    );
  };
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
      <Button onClick={() => void answer(false)}>{t('console.earlyEnd.keep')}</Button>
      <Button tone="danger" onClick={() => void answer(true)}>
        {t('console.earlyEnd.close')}
      </Button>
    </section>
  );
}
