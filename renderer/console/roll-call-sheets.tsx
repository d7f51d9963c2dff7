import type { JSX } from 'react';
import { useCallback, useState } from 'react';
import type { RollCallPreviewAnswer, RollCallView } from '../../electron/contract/api-attendance.ts';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { formatCount } from '../ui/format.ts';
import { Sheet } from '../ui/sheet.tsx';
import { useHoldSitting, type ChosenSitting } from './chosen-sitting.tsx';
import { usePeopleTexts } from './people-texts.ts';
import { ReasonField } from './reason-field.tsx';
import { useSay } from './toasts.tsx';
import { useLoaded } from '../ui/use-loaded.ts';

interface Props {
  of: ChosenSitting;
  onClose: () => void;
}

/**
 * Asks before the running roll call is closed: who was not confirmed in it will count as having left early. With `thenOpen` a
 * roll call of that title is opened, which closes the running one.
 */
export function CloseRollCallSheet({ of, onClose, thenOpen }: Props & { thenOpen: string | null }): JSX.Element {
  const { t, language } = useTexts();
  const texts = usePeopleTexts();
  useHoldSitting(of);
  const preview = usePreview(of);
  const say = useSay();
  const found = preview?.ok ? preview : null;
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const sittingId = of.id;
  const run = async (): Promise<void> => {
    setBusy(true);
    const answer = await (thenOpen === null
      ? call('console/people/roll-call/close', { sittingId })
      : call('console/people/roll-call/open', { sittingId, title: thenOpen }));
    setBusy(false);
    if (!answer.ok || !found) return setSaid(answer.ok ? null : texts.fault(answer));
    const { id, title } = found.rollCall;
    say(t('console.toast.closed', { title, count: found.count, n: formatCount(found.count, language) }), async () => {
      const undone = await call('console/people/roll-call/cancel', {
        sittingId,
        rollCallId: id,
        reason: t('people.reason.undo1'),
      });
      return undone.ok;
    });
    return onClose();
  };
  return (
    <Sheet
      title={t('people.roll.closeTitle', { title: found?.rollCall.title ?? '' })}
      onClose={onClose}
      actions={
        <>
          <Button size="large" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button size="large" tone="danger" disabled={busy || !found} onClick={() => void run()}>
            {thenOpen === null ? t('people.roll.close') : t('people.roll.closeAndOpen', { title: thenOpen })}
          </Button>
        </>
      }
    >
      {found && found.count === 0 && <p>{t('people.roll.allConfirmed')}</p>}
      {found && found.count > 0 && (
        <>
          <p className="confirm-warning">
            {t('people.roll.leaving', { count: found.count, n: formatCount(found.count, language) })}{' '}
            {t('people.roll.leavingHint')}
          </p>
          <ul className="board-list" aria-label={t('people.roll.leavingNames')}>
            {found.people.map((person) => (
              <li key={person.personId}>{[person.name, person.birthYear, person.unit].filter(Boolean).join(' · ')}</li>
            ))}
          </ul>
          {found.count > found.people.length && (
            <p>{t('people.roll.leavingMore', { n: formatCount(found.count - found.people.length, language) })}</p>
          )}
        </>
      )}
      <p role="alert" className="people-said">
        {said ?? (preview && !preview.ok ? texts.fault(preview) : null)}
      </p>
    </Sheet>
  );
}

type Preview = RollCallPreviewAnswer | { ok: false; error: string };

/** Read again whenever somebody was confirmed or came, so that the number agreed to is the number written. */
function usePreview({ id, hall }: ChosenSitting): Preview | null {
  const load = useCallback((): Promise<Preview> => call('console/people/roll-call/preview', { sittingId: id }), [id]);
  return useLoaded(load, JSON.stringify([hall.rollCalls, hall.totals])).value;
}

/** Takes a roll call back with a reason; nobody left early because of it. */
export function CancelRollCallSheet({ of, onClose, rollCall }: Props & { rollCall: RollCallView }): JSX.Element {
  const { t } = useTexts();
  const texts = usePeopleTexts();
  useHoldSitting(of);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const run = async (): Promise<void> => {
    setBusy(true);
    const answer = await call('console/people/roll-call/cancel', {
      sittingId: of.id,
      rollCallId: rollCall.id,
      reason,
    });
    setBusy(false);
    if (answer.ok) return onClose();
    return setSaid(texts.fault(answer));
  };
  return (
    <Sheet
      title={t('people.roll.cancelTitle', { title: rollCall.title })}
      onClose={onClose}
      actions={
        <>
          <Button size="large" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button size="large" tone="danger" disabled={busy || reason.trim() === ''} onClick={() => void run()}>
            {t('people.roll.cancel')}
          </Button>
        </>
      }
    >
      <p>{t('people.roll.cancelHint')}</p>
      <ReasonField
        label={t('people.person.reason')}
        usual={[t('people.roll.cancel1'), t('people.roll.cancel2')]}
        value={reason}
        onChange={setReason}
      />
      <p role="alert" className="people-said">
        {said}
      </p>
    </Sheet>
  );
}
