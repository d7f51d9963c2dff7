import type { JSX } from 'react';
import type { AfterOutageView } from '../../electron/contract/broadcast.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Commands } from './use-command.ts';

/** After an outage longer than the delay: says what happens, and lets the chair choose the other way. */
export function AfterOutageBanner(props: {
  question: AfterOutageView;
  sittingId: string;
  commands: Commands;
}): JSX.Element {
  const { sittingId, commands } = props;
  const { standing, laterS, mode, chosen } = props.question;
  const { t } = useTexts();
  const later =
    laterS < 90
      ? t('console.afterOutage.seconds', { n: laterS })
      : t('console.afterOutage.minutes', { n: Math.round(laterS / 60) });
  const choose = (choice: AfterOutageView['mode']): void =>
    void commands.run('console/after-outage', { sittingId, choice });
  const button = (choice: AfterOutageView['mode']): JSX.Element => (
    <Button icon={choice === 'in_step' ? 'live' : 'screen'} onClick={() => choose(choice)}>
      {t(`console.afterOutage.${choice}`)}
    </Button>
  );
  return (
    <section className="early-end" aria-labelledby="after-outage-title" aria-describedby="after-outage-body">
      <Icon name="hourglass" className="early-end-icon" />
      <div className="early-end-text">
        <h2 id="after-outage-title">
          {standing ? t('console.afterOutage.standing') : t('console.afterOutage.later', { later })}
        </h2>
        <p id="after-outage-body">
          {t(`console.afterOutage.${chosen ? 'chosen' : 'byPackage'}`, {
            what: t(`console.afterOutage.means.${mode}`),
          })}
        </p>
      </div>
      {/* While the picture stands both can be chosen; a hall that is late already goes on as it is, or forward. */}
      {(standing || mode === 'in_step') && button('complete')}
      {(standing || mode === 'complete') && button('in_step')}
    </section>
  );
}
