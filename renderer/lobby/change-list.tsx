import type { JSX } from 'react';
import type { PackageChange } from '../../electron/contract/api-lobby.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Verdict } from '../ui/card.tsx';

/** What loading the package would change in the records of this PC. */
export function ChangeList({ change }: { change: PackageChange }): JSX.Element {
  const { t } = useTexts();
  const { people, sittings } = change;
  const lines = [
    ...(['added', 'changed', 'removed'] as const)
      .filter((what) => people[what] > 0)
      .map((what) => t(`lobby.change.people.${what}`, { count: people[what] })),
    ...(['added', 'moved', 'removed'] as const)
      .filter((what) => sittings[what].length > 0)
      .map((what) => t(`lobby.change.sittings.${what}`, { titles: sittings[what].join(', ') })),
  ];
  return (
    <section className="lobby-change" aria-labelledby="lobby-change">
      <h3 id="lobby-change">{t('lobby.change.title')}</h3>
      <Verdict tone={change.change === 'updated' ? 'warn' : 'ok'}>{t(`lobby.change.${change.change}`)}</Verdict>
      {lines.length > 0 && (
        <ul>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
