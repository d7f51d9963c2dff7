import type { JSX } from 'react';
import { useState } from 'react';
import type { PersonRow } from '../../electron/contract/api-attendance.ts';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { formatCount } from '../ui/format.ts';
import { Sheet } from '../ui/sheet.tsx';
import { useHoldSitting, type ChosenSitting } from './chosen-sitting.tsx';
import { usePeopleTexts } from './people-texts.ts';
import { ReasonField } from './reason-field.tsx';
import { useSay } from './toasts.tsx';
import { undoMany } from './undo.ts';

/** One reason for many absences. */
export function ExcuseSheet(props: {
  of: ChosenSitting;
  people: readonly PersonRow[];
  onDone: () => void;
  onClose: () => void;
}): JSX.Element {
  const { t, language } = useTexts();
  const texts = usePeopleTexts();
  const say = useSay();
  const { people } = props;
  useHoldSitting(props.of);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const save = async (): Promise<void> => {
    setBusy(true);
    const answer = await call('console/people/excuse', {
      sittingId: props.of.id,
      personIds: people.map(({ personId }) => personId),
      reason,
    });
    setBusy(false);
    if (!answer.ok) return setSaid(texts.fault(answer));
    const skipped = new Set(answer.skipped.map(({ personId }) => personId));
    const written = people.filter(({ personId }) => !skipped.has(personId));
    say(t('board.list.excused', { n: formatCount(written.length, language), names: texts.some(written) }), () =>
      undoMany(
        props.of.id,
        written.map(({ personId }) => personId),
        t('people.reason.undo1'),
      ),
    );
    props.onDone();
    if (answer.skipped.length === 0) return props.onClose();
    setSaid(t('people.skipped', { count: answer.skipped.length, n: formatCount(answer.skipped.length, language) }));
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
      <p>
        <strong>{t('people.list.chosen', { n: formatCount(people.length, language) })}:</strong>{' '}
        {people.map(({ name }) => name).join(', ')}
      </p>
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
