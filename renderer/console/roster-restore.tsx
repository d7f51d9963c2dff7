import type { JSX } from 'react';
import { useState } from 'react';
import type { FilesAnswer, RosterNamed, RosterPackageListAnswer } from '../../electron/contract/api-roster.ts';
import { call } from '../client/call.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { Names } from '../roster/roster-names.tsx';
import { useRosterTexts } from '../roster/roster-texts.ts';

type PackageList = Extract<RosterPackageListAnswer, { ok: true }>;

/** The list that the session package brought, again: one button, which asks first and says who comes, goes and stays. */
export function RosterRestore(props: {
  found: FilesAnswer;
  busy: boolean;
  onRestore: (packageId: string, removals: number) => void;
}): JSX.Element | null {
  const { t, count, fault } = useRosterTexts();
  const [plan, setPlan] = useState<PackageList | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const { packageList } = props.found;
  if (packageList === 'none') return null;
  const ask = async (): Promise<void> => {
    setSaid(null);
    const answer = await call('console/roster/package-list', {});
    if (answer.ok) setPlan(answer);
    else setSaid(fault(answer.error));
  };
  const group = (label: string, named: RosterNamed): JSX.Element | null =>
    named.count === 0 ? null : (
      <>
        <p className="board-strong">{label}</p>
        <Names label={label} lines={named.sample} more={named.count - named.sample.length} />
      </>
    );
  return (
    <Card title={t('people.roster.packageList')} icon="board">
      <p className="board-small">{t(`people.roster.packageListIs.${packageList}`)}</p>
      <p role="alert" className="people-said">
        {said}
      </p>
      {packageList === 'differs' && (
        <Button disabled={props.busy} onClick={() => void ask()}>
          {t('people.roster.restore')}
        </Button>
      )}
      {plan && (
        <Sheet
          title={t('people.roster.restoreTitle')}
          onClose={() => setPlan(null)}
          actions={
            <>
              <Button onClick={() => setPlan(null)}>{t('people.roster.removeNot')}</Button>
              <Button
                tone={plan.off.count > 0 ? 'danger' : 'primary'}
                onClick={() => {
                  setPlan(null);
                  props.onRestore(plan.packageId, plan.off.count);
                }}
              >
                {plan.off.count > 0
                  ? t('people.roster.restoreDoOff', { count: plan.off.count, n: count(plan.off.count) })
                  : t('people.roster.restoreDo')}
              </Button>
            </>
          }
        >
          <p>{t('people.roster.restoreHint')}</p>
          {group(t('people.roster.restoreOff', { count: plan.off.count, n: count(plan.off.count) }), plan.off)}
          {group(t('people.roster.restoreBack', { count: plan.back.count, n: count(plan.back.count) }), plan.back)}
          {group(
            t('people.roster.restoreChanged', { count: plan.changed.count, n: count(plan.changed.count) }),
            plan.changed,
          )}
          {group(t('people.roster.restoreStay', { count: plan.stay.count, n: count(plan.stay.count) }), plan.stay)}
        </Sheet>
      )}
    </Card>
  );
}
