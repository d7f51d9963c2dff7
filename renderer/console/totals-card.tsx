import type { JSX } from 'react';
import { useState } from 'react';
import type { Totals, UnitTotals } from '../../electron/contract/attendance.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Card } from '../ui/card.tsx';
import { formatCount, formatShare, inSentence } from '../ui/format.ts';
import { Meter } from '../ui/meter.tsx';
import { Arrivals } from './arrivals.tsx';
import type { ChosenSitting } from './chosen-sitting.tsx';
import { keepTogether } from '../../electron/shared/keep-together.ts';

/** Counted apart from the summoned; a nought among these is not worth a place. */
const NOT_SUMMONED = ['walkIns', 'guests', 'substitutes', 'supervisors'] as const satisfies readonly (keyof Totals)[];

/** So many units stand one under the other on a large display. */
const ONE_TABLE = 16;

const PARTS = ['units', 'arrivals'] as const;

/** How many came, of how many, and by unit: the numbers of the exported report. In place of the units, when people came. */
export function TotalsCard({ chosen }: { chosen: ChosenSitting }): JSX.Element {
  const { t, language } = useTexts();
  const { totals, units, arrivals } = chosen.hall;
  const [part, setPart] = useState<(typeof PARTS)[number]>('units');
  const count = (n: number): string => formatCount(n, language);
  const inFirst = units.length > ONE_TABLE ? Math.ceil(units.length / 2) : units.length;
  const small: [string, number][] = [
    [t('console.totals.onTime'), totals.onTime],
    [t('console.totals.late'), totals.late],
    [t('console.totals.awaited'), totals.awaited],
    ...(totals.leftEarly > 0 ? [[t('console.totals.leftEarly'), totals.leftEarly] as [string, number]] : []),
    ...(totals.substituted > 0 ? [[t('console.totals.substituted'), totals.substituted] as [string, number]] : []),
    ...(totals.absentExcused > 0 ? [[t('console.totals.excused'), totals.absentExcused] as [string, number]] : []),
    ...(totals.absentUnexcused > 0
      ? [[t('console.totals.unexcused'), totals.absentUnexcused] as [string, number]]
      : []),
    ...NOT_SUMMONED.filter((key) => totals[key] > 0).map((key): [string, number] => [
      t(`console.totals.${key}`, { count: totals[key] }),
      totals[key],
    ]),
    [t('console.totals.inHall'), totals.inHall],
  ];
  return (
    <Card
      title={t('console.totals.titleOf', { title: inSentence(chosen.sitting.title, language) })}
      icon="desk"
      className="totals-card"
      aside={
        <fieldset className="totals-parts" aria-label={t('arrivals.parts')}>
          {PARTS.map((each) => (
            <button key={each} type="button" aria-pressed={part === each} onClick={() => setPart(each)}>
              {t(`arrivals.part.${each}`)}
            </button>
          ))}
        </fieldset>
      }
    >
      <div className="totals-main">
        <p className="totals-big" data-testid="present">
          <strong>{count(totals.present)}</strong>
          <span>{t('console.totals.ofSummoned', { summoned: count(totals.summoned) })}</span>
        </p>
        <p className="totals-share">{formatShare(totals.present, totals.summoned, language)}</p>
      </div>
      <Meter part={totals.present} whole={totals.summoned} label={t('console.totals.share')} />
      <ul className="totals-small">
        {small.map(([name, value]) => (
          <li key={name}>
            <strong>{count(value)}</strong> {name}
          </li>
        ))}
      </ul>
      {part === 'arrivals' ? (
        <Arrivals arrivals={arrivals} />
      ) : units.length === 0 ? (
        <p>{t('console.totals.noUnits')}</p>
      ) : (
        <div className="unit-tables">
          <UnitTable units={units.slice(0, inFirst)} />
          {units.length > inFirst && <UnitTable units={units.slice(inFirst)} />}
        </div>
      )}
    </Card>
  );
}

function UnitTable({ units }: { units: readonly UnitTotals[] }): JSX.Element {
  const { t, language } = useTexts();
  return (
    <div className="unit-table">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('console.totals.unit')}</th>
            <th scope="col">{t('console.totals.present')}</th>
            <th scope="col">{t('console.totals.late')}</th>
            <th scope="col">{t('console.totals.share')}</th>
          </tr>
        </thead>
        <tbody>
          {units.map((unit) => (
            <tr key={unit.unitId ?? ''}>
              <th scope="row">{keepTogether(unit.unitName ?? t('console.totals.noUnit'))}</th>
              <td>
                {formatCount(unit.present, language)}/{formatCount(unit.summoned, language)}
              </td>
              <td>{formatCount(unit.late, language)}</td>
              <td>{formatShare(unit.present, unit.summoned, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
