import type { JSX } from 'react';
import { useState } from 'react';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { formatCount } from '../ui/format.ts';
import { Sheet } from '../ui/sheet.tsx';
import { useHoldSitting, type ChosenSitting } from './chosen-sitting.tsx';
import { usePeopleTexts } from './people-texts.ts';
import { ReasonField } from './reason-field.tsx';
import { useSay } from './toasts.tsx';
import { undoLast } from './undo.ts';

/** One reason for many absences. */
export function ExcuseSheet(props: {
  of: ChosenSitting;
  personIds: readonly string[];
  onDone: () => void;
  onClose: () => void;
}): JSX.Element {
  const { t, language } = useTexts();
  const texts = usePeopleTexts();
  const say = useSay();
  useHoldSitting(props.of);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const save = async (): Promise<void> => {
    setBusy(true);
    const answer = await call('console/people/excuse', {
      sittingId: props.of.id,
      personIds: [...props.personIds],
      reason,
    });
    setBusy(false);
    if (!answer.ok) return setSaid(texts.fault(answer));
    const skipped = new Set(answer.skipped.map(({ personId }) => personId));
    const written = props.personIds.filter((personId) => !skipped.has(personId));
    say(t('console.toast.excused', { n: formatCount(written.length, language) }), () =>
      undoLast(props.of.id, written, t('people.reason.undo1')),
    );
    props.onDone();
    if (answer.skipped.length === 0) return props.onClose();
    setSaid(t('people.skipped', { n: formatCount(answer.skipped.length, language) }));
  };
  return (
    <Sheet
      title={t('people.list.excuseChosen')}
      onClose={props.onClose}
      actions={
        <>
          <Button size="large" onClick={props.onClose}>
            {t('common.close')}
          </Button>
          <Button size="large" tone="primary" disabled={busy || reason.trim() === ''} onClick={() => void save()}>
            {t('people.person.save')}
          </Button>
        </>
      }
    >
      <p>{t('people.list.chosen', { n: formatCount(props.personIds.length, language) })}</p>
      <ReasonField
        label={t('people.person.reason')}
        usual={[t('people.reason.excuse1'), t('people.reason.excuse2'), t('people.reason.excuse3')]}
        value={reason}
        onChange={setReason}
      />
      <p role="alert" className="people-said">
        {said}
      </p>
    </Sheet>
  );
}
