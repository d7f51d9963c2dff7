import type { JSX } from 'react';
import { useEffect, useState } from 'react';
import type { RecoveryView } from '../../electron/contract/api-keys.ts';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Card, Verdict } from '../ui/card.tsx';
import { formatDate } from '../ui/format.ts';
import { Sheet } from '../ui/sheet.tsx';
import { RecoveryCheckSheet } from './recovery-check.tsx';

/** The sheet that opens the records of this PC on another one: made here, shown once, kept on paper. */
export function RecoveryCard(): JSX.Element {
  const { t } = useTexts();
  const [known, setKnown] = useState<RecoveryView | null | 'unknown'>('unknown');
  const [made, setMade] = useState<{ code: string; recovery: RecoveryView } | null>(null);
  const [asks, setAsks] = useState(false);
  const [isChecking, setChecking] = useState(false);
  const [saved, setSaved] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    void call('console/keys/state', {}).then((answer) => answer.ok && setKnown(answer.recovery));
  }, []);
  const make = async (): Promise<void> => {
    setAsks(false);
    const answer = await call('console/keys/make-code', {});
    setFailed(!answer.ok);
    if (!answer.ok) return;
    setMade(answer);
    setKnown(answer.recovery);
  };
  const save = async (code: string): Promise<void> => {
    const places = await call('console/report/places', {});
    const place = places.ok ? places.places.find(({ writable }) => writable) : undefined;
    const answer = place && (await call('console/keys/save-sheet', { code, placeId: place.id }));
    setSaved(answer?.ok ? t('keys.sheetSaved', { file: answer.file }) : t('keys.sheetFailed'));
  };
  const exists = known !== 'unknown' && known !== null;
  return (
    <Card title={t('keys.title')} icon="info">
      <Verdict tone={exists ? 'ok' : 'warn'}>
        {exists ? t('keys.made', { sheet: known.sheet, date: formatDate(known.madeAt) }) : t('keys.none')}
      </Verdict>
      <p className="board-small">{t('keys.what')}</p>
      {exists && <Button onClick={() => setChecking(true)}>{t('keys.checkOpen')}</Button>}
      <Button onClick={() => (exists ? setAsks(true) : void make())}>{t(exists ? 'keys.again' : 'keys.make')}</Button>
      {failed && <Verdict tone="bad">{t('keys.failed')}</Verdict>}
      {asks && (
        <Sheet
          title={t('keys.again')}
          onClose={() => setAsks(false)}
          actions={
            <>
              <Button size="large" onClick={() => setAsks(false)}>
                {t('common.cancel')}
              </Button>
              <Button size="large" tone="danger" onClick={() => void make()}>
                {t('keys.again')}
              </Button>
            </>
          }
        >
          <p>{t('keys.againBody')}</p>
        </Sheet>
      )}
      {made && (
        <Sheet
          title={t('keys.sheet', { sheet: made.recovery.sheet })}
          onClose={() => setMade(null)}
          actions={
            <>
              <Button size="large" onClick={() => void save(made.code)}>
                {t('keys.saveSheet')}
              </Button>
              <Button
                size="large"
                tone="primary"
                onClick={() => {
                  setMade(null);
                  setSaved(null);
                  setChecking(true);
                }}
              >
                {t('keys.copied')}
              </Button>
            </>
          }
        >
          <p className="recovery-code" data-testid="recovery-code">
            {made.code.split('-').map((group) => (
              <span key={group}>{group}</span>
            ))}
          </p>
          <p>{t('keys.onlyOnce')}</p>
          {saved && <output>{saved}</output>}
        </Sheet>
      )}
      {isChecking && exists && <RecoveryCheckSheet sheet={known.sheet} onClose={() => setChecking(false)} />}
    </Card>
  );
}
