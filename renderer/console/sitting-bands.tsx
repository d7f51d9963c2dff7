import type { JSX } from 'react';
import type { ConsoleOpenView, ConsoleView } from '../../electron/contract/api.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { inSentence } from '../ui/format.ts';
import { Button } from '../ui/button.tsx';
import type { ChosenSitting } from './chosen-sitting.tsx';

/** What must not be overlooked about sittings: one is being amended, and the one on the pages is not the hall's. */
export function SittingBands(props: {
  chosen: ChosenSitting;
  view: ConsoleView;
  open: ConsoleOpenView;
  /** The report page says itself that its report is being amended. */
  onReportPage: boolean;
  goToReport: () => void;
}): JSX.Element {
  const { t, language } = useTexts();
  const { chosen, view, open } = props;
  const hall = view.sitting;
  const isHall = hall === null || hall.id === chosen.id;
  const amended = open.sittings.filter(
    ({ id, state }) => state === 'amended' && !(props.onReportPage && id === chosen.id),
  );
  return (
    <>
      {amended.map(({ id, title }) => (
        <section key={id} className="sitting-band sitting-band-amend">
          <p>
            <strong>{t('console.sitting.amending', { title })}</strong>{' '}
            {id === chosen.id && t('console.sitting.amendingHint')}
          </p>
          {id === chosen.id ? (
            <Button onClick={props.goToReport}>{t('console.sitting.amendingGo')}</Button>
          ) : (
            <Button onClick={() => chosen.choose(id)}>{t('console.sitting.amendingShow')}</Button>
          )}
        </section>
      ))}
      {!isHall && (
        <section className="sitting-band">
          <p>
            {t('console.sitting.notHall', {
              title: inSentence(chosen.sitting.title, language),
              hall: inSentence(hall.title, language),
            })}
          </p>
          <Button onClick={() => chosen.choose(hall.id)}>
            {t('console.sitting.backToHall', { title: inSentence(hall.title, language) })}
          </Button>
        </section>
      )}
    </>
  );
}
