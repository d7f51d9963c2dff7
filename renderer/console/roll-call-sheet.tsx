import type { JSX } from 'react';
import { useEffect, useState } from 'react';
import type { RollCallPreviewAnswer, RollCallView } from '../../electron/contract/api-attendance.ts';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { formatCount } from '../ui/format.ts';
import { Sheet } from '../ui/sheet.tsx';
import { useHoldSitting, type ChosenSitting } from './chosen-sitting.tsx';
import { usePeopleTexts } from './people-texts.ts';
import { ReasonField } from './reason-field.tsx';

type Preview = Extract<RollCallPreviewAnswer, { ok: true }>;

/** Closing a roll call records people as having left early: who, is shown before it is done. */
export function CloseRollCallSheet({ of, onClose }: { of: ChosenSitting; onClose: () => void }): JSX.Element {
  const { t, language } = useTexts();
  const texts = usePeopleTexts();
  useHoldSitting(of);
  const [preview, setPreview] = useState<Preview | null>(null);
  /** A code of the core. */
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const sittingId = of.id;
  // People may still be confirmed while this is read: the list follows.
  const confirmed = of.hall.rollCalls.find((each) => each.closedAt === null)?.confirmed;
  useEffect(() => {
    let wanted = true;
    void call('console/people/roll-call/preview', { sittingId }).then((answer) => {
      if (!wanted) return;
      if (answer.ok) setPreview(answer);
      else setSaid(answer.error);
    });
    return () => {
      wanted = false;
    };
    // Read again when somebody was confirmed meanwhile.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies, react-hooks/exhaustive-deps
  }, [sittingId, confirmed]);
  const close = async (): Promise<void> => {
    setBusy(true);
    const answer = await call('console/people/roll-call/close', { sittingId });
    setBusy(false);
    if (answer.ok) onClose();
    else setSaid(answer.error);
  };
  return (
    <Sheet
      wide
      title={t('people.roll.closeTitle', { title: preview?.rollCall.title ?? '' })}
      onClose={onClose}
      actions={
        <>
          <Button size="large" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button size="large" tone="danger" disabled={busy || preview === null} onClick={() => void close()}>
            {t('people.roll.close')}
          </Button>
        </>
      }
    >
      {preview && (
        <>
          <p className="board-strong">
            {preview.count === 0
              ? t('people.roll.closeNobody')
              : t('people.roll.closeCount', { n: formatCount(preview.count, language) })}
          </p>
          {preview.people.length > 0 && (
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a part that scrolls must be reachable by keyboard
            <section className="people-table" tabIndex={0} aria-label={t('people.roll.closeNames')}>
              <ul className="board-list">
                {preview.people.map((person) => (
                  <li key={person.personId}>
                    {[person.name, person.birthYear, person.unit].filter(Boolean).join(' · ')}
                  </li>
                ))}
              </ul>
            </section>
          )}
        </>
      )}
      <p role="alert" className="people-said">
        {said && texts.fault({ error: said })}
      </p>
    </Sheet>
  );
}

/** Takes a roll call back, with a reason: it counts for nothing. */
export function CancelRollCallSheet(props: {
  of: ChosenSitting;
  rollCall: RollCallView;
  onClose: () => void;
}): JSX.Element {
  const { t } = useTexts();
  const texts = usePeopleTexts();
  const { of, rollCall, onClose } = props;
  useHoldSitting(of);
  const [reason, setReason] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const fault = (answer: { error: string }): void => setSaid(texts.fault({ error: answer.error }));
  const cancel = async (): Promise<void> => {
    setBusy(true);
    const input = { sittingId: of.id, rollCallId: rollCall.id, reason };
    const answer = await call('console/people/roll-call/cancel', input);
    setBusy(false);
    if (answer.ok) onClose();
    else fault(answer);
  };
  return (
    <Sheet
      title={t('people.roll.cancelTitle', { title: rollCall.title })}
      onClose={onClose}
      actions={
        <>
          <Button size="large" onClick={onClose}>
            {t('common.close')}
          </Button>
          <Button size="large" tone="danger" disabled={busy || reason.trim() === ''} onClick={() => void cancel()}>
            {t('people.roll.cancel')}
          </Button>
        </>
      }
    >
      <p>{t('people.roll.cancelBody')}</p>
      <ReasonField
        label={t('people.person.reason')}
        usual={[t('people.reason.undo1'), t('people.roll.cancelReason')]}
        value={reason}
        onChange={setReason}
      />
      <p role="alert" className="people-said">
        {said}
      </p>
    </Sheet>
  );
}
