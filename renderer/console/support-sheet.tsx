import type { JSX } from 'react';
import { useState } from 'react';
import { call, type Answer } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Verdict } from '../ui/card.tsx';
import { formatSize } from '../ui/format.ts';
import { Sheet } from '../ui/sheet.tsx';
import { PlaceChooser, usePlaceName, usePlaces } from './place-chooser.tsx';

/** What the support file holds and what not, and where to save it. */
export function SupportSheet({ onClose }: { onClose: () => void }): JSX.Element {
  const { t, language } = useTexts();
  const places = usePlaces();
  const nameOf = usePlaceName();
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<Answer<'console/support/save'> | null>(null);
  const { placeId } = places;
  const place = places.places?.find(({ id }) => id === placeId);

  const save = async (): Promise<void> => {
    if (placeId === null) return;
    setBusy(true);
    setAnswer(null);
    setAnswer(await call('console/support/save', { placeId }));
    setBusy(false);
  };
  return (
    <Sheet
      wide
      title={t('support.title')}
      onClose={onClose}
      actions={
        <>
          <Button size="large" disabled={busy} onClick={onClose}>
            {t('common.close')}
          </Button>
          {!answer?.ok && (
            <Button size="large" tone="primary" disabled={busy || placeId === null} onClick={() => void save()}>
              {t('support.save')}
            </Button>
          )}
        </>
      }
    >
      {!answer?.ok && (
        <div className="save-choices">
          <dl className="support-holds">
            <dt>{t('support.holds')}</dt>
            <dd>{t('support.holdsWhat')}</dd>
            <dt>{t('support.lacks')}</dt>
            <dd>{t('support.lacksWhat')}</dd>
          </dl>
          <PlaceChooser of={places} disabled={busy} />
        </div>
      )}
      <div aria-live="polite">
        {busy && <Verdict tone="quiet">{t('support.saving')}</Verdict>}
        {answer?.ok && (
          <div data-testid="support-saved">
            <Verdict tone="ok">
              {t('support.saved', {
                file: answer.file,
                size: formatSize(answer.sizeBytes, language),
                place: place ? nameOf(place) : '',
              })}
            </Verdict>
            <p>{t('support.send')}</p>
          </div>
        )}
        {answer?.ok === false && <Verdict tone="bad">{t(`support.failed.${failureOf(answer.error)}`)}</Verdict>}
      </div>
    </Sheet>
  );
}

const FAILURES = ['technician_only', 'busy', 'no_such_place', 'not_saved'] as const;

function failureOf(error: string): (typeof FAILURES)[number] | 'unreachable' {
  return FAILURES.find((each) => each === error) ?? 'unreachable';
}
