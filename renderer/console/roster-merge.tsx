import type { JSX } from 'react';
import { useState } from 'react';
import type {
  MergeStanding,
  RosterDoublesAnswer,
  RosterMergeInput,
  RosterMergeLookAnswer,
} from '../../electron/contract/api-roster-merge.ts';
import { call } from '../client/call.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { formatTime } from '../ui/format.ts';
import { Sheet } from '../ui/sheet.tsx';
import { useRosterTexts } from '../roster/roster-texts.ts';

type Look = Extract<RosterMergeLookAnswer, { ok: true }>;
type Count = NonNullable<RosterMergeInput['count']>;
type Pair = Pick<RosterMergeInput, 'packageId' | 'keepId' | 'dropId'>;

const CHOICES: readonly Count[] = ['both', 'kept'];

/** Entries that may be one person, to be merged by hand. Where both have records it is asked first which of them count. */
export function RosterDoubles(props: {
  packageId: string;
  groups: RosterDoublesAnswer['groups'];
  busy: boolean;
  onMerge: (merge: RosterMergeInput) => void;
}): JSX.Element | null {
  const { t, line, fault } = useRosterTexts();
  const [asked, setAsked] = useState<{ pair: Pair; look: Look } | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  if (props.groups.length === 0) return null;
  const merge = async (keepId: string, dropId: string): Promise<void> => {
    const pair = { packageId: props.packageId, keepId, dropId };
    setSaid(null);
    const look = await call('console/roster/merge-look', pair);
    if (!look.ok) setSaid(fault(look.error));
    else if (look.isAsked) setAsked({ pair, look });
    else props.onMerge(pair);
  };
  return (
    <Card title={t('people.roster.doubles')} icon="desk" tone="warn">
      <p className="board-small">{t('people.roster.doublesHint')}</p>
      <p role="alert" className="people-said">
        {said}
      </p>
      <ul className="roster-doubles">
        {props.groups.map((group) => (
          <li key={group.map(({ id }) => id).join('|')}>
            {group.map((person) => {
              const others = group.filter(({ id }) => id !== person.id);
              const other = others.find(({ inLog }) => !inLog) ?? others[0];
              return (
                <p key={person.id}>
                  <span>
                    {line(person)}
                    {person.inLog && ` (${t('people.question.signedIn')})`}
                  </span>
                  {other && (
                    <Button disabled={props.busy} onClick={() => void merge(person.id, other.id)}>
                      {t('people.roster.keep')}
                    </Button>
                  )}
                </p>
              );
            })}
          </li>
        ))}
      </ul>
      {asked && (
        <MergeSheet
          look={asked.look}
          onClose={() => setAsked(null)}
          onChoose={(count) => {
            setAsked(null);
            props.onMerge({ ...asked.pair, count });
          }}
        />
      )}
    </Card>
  );
}

/** What each answer comes to in every sitting that still takes its people from the list. */
function MergeSheet(props: { look: Look; onClose: () => void; onChoose: (count: Count) => void }): JSX.Element {
  const { t, line, count } = useRosterTexts();
  const standing = useStanding();
  const { look } = props;
  return (
    <Sheet
      wide
      title={t('people.merge.title')}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>{t('people.merge.not')}</Button>
          <Button onClick={() => props.onChoose('kept')}>{t('people.merge.kept')}</Button>
          <Button tone="primary" onClick={() => props.onChoose('both')}>
            {t('people.merge.both')}
          </Button>
        </>
      }
    >
      <p>
        <strong>{t('people.merge.stays')}</strong> {line(look.keep)}
        <br />
        <strong>{t('people.merge.goes')}</strong> {line(look.drop)}
      </p>
      {look.sittings.map((sitting) => (
        <div key={sitting.id} className="roster-merge">
          <p className="board-strong">{sitting.title}</p>
          <dl>
            <dt>{t('people.merge.stays')}</dt>
            <dd>{standing(sitting.keep)}</dd>
            <dt>{t('people.merge.goes')}</dt>
            <dd>{standing(sitting.drop)}</dd>
            {CHOICES.map((choice) => (
              <div key={choice}>
                <dt>{t(`people.merge.as.${choice}`)}</dt>
                <dd>
                  {standing(sitting.as[choice])}
                  {' · '}
                  {t('people.merge.numbers', {
                    summoned: count(sitting.now.summoned),
                    summonedAfter: count(sitting.after[choice].summoned),
                    came: count(sitting.now.came),
                    cameAfter: count(sitting.after[choice].came),
                  })}
                </dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
      {look.over > 0 && <p>{t('people.merge.over', { count: look.over, n: count(look.over) })}</p>}
      <p className="board-small">{t('people.merge.hint')}</p>
    </Sheet>
  );
}

/** Where somebody stands, in words: since when, until when, in how many roll calls. */
function useStanding(): (standing: MergeStanding | null) => string {
  const { t, language, count } = useRosterTexts();
  return (standing) => {
    if (!standing) return t('people.merge.nothing');
    const { status, arrivedAt, leftAt, confirmed } = standing;
    return [
      arrivedAt === null
        ? t(`people.merge.status.${status}`)
        : t('people.merge.arrived', { time: formatTime(arrivedAt, language) }),
      status === 'left_early' && leftAt === null ? t('people.merge.status.left_early') : null,
      leftAt === null ? null : t('people.merge.left', { time: formatTime(leftAt, language) }),
      confirmed === 0 ? null : t('people.merge.confirmed', { n: count(confirmed) }),
    ]
      .filter(Boolean)
      .join(', ');
  };
}
