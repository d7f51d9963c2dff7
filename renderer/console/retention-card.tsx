import type { JSX } from 'react';
import { useEffect, useState } from 'react';
import type { RetentionView } from '../../electron/contract/retention.ts';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Card, Verdict } from '../ui/card.tsx';
import { formatDate } from '../ui/format.ts';

/** When names and numbers of a session are destroyed, or that they were, with the certificate to be saved. */
export function RetentionCard(): JSX.Element | null {
  const { t } = useTexts();
  const [sessions, setSessions] = useState<RetentionView[]>([]);
  const [said, setSaid] = useState<string | null>(null);
  useEffect(() => {
    void call('console/keys/retention', {}).then((answer) => answer.ok && setSessions(answer.sessions));
  }, []);
  const save = async (packageId: string): Promise<void> => {
    const places = await call('console/report/places', {});
    const place = places.ok ? places.places.find(({ writable }) => writable) : undefined;
    const saved = place && (await call('console/keys/save-certificate', { packageId, placeId: place.id }));
    setSaid(saved?.ok ? t('keys.certificateSaved', { file: saved.file }) : t('keys.certificateFailed'));
  };
  const shown = sessions.filter(({ state }) => state !== 'kept');
  if (shown.length === 0) return null;
  return (
    <Card title={t('keys.retention')} icon="info">
      {shown.map(({ packageId, conference, state, destroyAt, destroyedAt, certificate }) => (
        <div key={packageId}>
          <Verdict tone={state === 'warned' ? 'warn' : 'quiet'}>
            {state === 'warned'
              ? t('keys.willDestroy', { conference, date: formatDate(destroyAt ?? 0) })
              : t('keys.destroyed', { conference, date: formatDate(destroyedAt ?? 0), certificate: certificate ?? '' })}
          </Verdict>
          {certificate && <Button onClick={() => void save(packageId)}>{t('keys.saveCertificate')}</Button>}
        </div>
      ))}
      {said && <p className="board-small">{said}</p>}
    </Card>
  );
}
