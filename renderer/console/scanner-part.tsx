import type { JSX } from 'react';
import { useState } from 'react';
import type { ScannerTestAnswer } from '../../electron/contract/api-scanner.ts';
import { call } from '../client/call.ts';
import { hasText } from '../i18n/has-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { vi } from '../i18n/vi.ts';
import { Card, Facts, Verdict } from '../ui/card.tsx';
import { formatCount } from '../ui/format.ts';
import { useScanner } from '../ui/use-scanner.ts';

/** Try the scanner: what kind of card it was, and what the way to here did to its text. Nothing is recorded. */
export function ScannerPart(): JSX.Element {
  const { t, language } = useTexts();
  const [seen, setSeen] = useState<ScannerTestAnswer | null>(null);
  const tryScan = (raw: string): void =>
    void call('console/people/scanner-test', { raw }).then((answer) => setSeen(answer.ok ? answer : null));
  useScanner(tryScan, () => undefined);
  const damage = seen?.corruption ?? null;
  return (
    <div className="people-scanning">
      <Card
        title={t('people.scanner.title')}
        icon="search"
        tone={seen ? toneOf(seen) : 'quiet'}
        className="people-scanner"
      >
        {seen ? (
          <>
            <Verdict tone={toneOf(seen)}>{t(`people.scanKind.${seen.kind}`)}</Verdict>
            <p className="board-strong">
              {damage === null
                ? seen.kind === 'unknown'
                  ? seen.looksLike && t(`people.scanLooks.${seen.looksLike}`)
                  : t('people.scanner.good')
                : hasText(vi.people.corruption, damage)
                  ? t(`people.corruption.${damage}`)
                  : t('people.corruption.other', { code: damage })}
            </p>
            {damage !== null && seen.kind !== 'unknown' && <p>{t('people.scanner.readable')}</p>}
            <Facts
              facts={[
                ...(seen.tail === null ? [] : [[t('people.scanner.tail', { tail: seen.tail }), ''] as const]),
                ...(seen.isThisVenue === null
                  ? []
                  : [[t(seen.isThisVenue ? 'people.scanner.thisVenue' : 'people.scanner.otherVenue'), ''] as const]),
                [t('people.scanner.length', { length: formatCount(seen.length, language) }), ''],
              ]}
            />
            <p className="board-small">{t('people.scanner.again')}</p>
          </>
        ) : (
          <Verdict tone="quiet">{t('people.scanner.waiting')}</Verdict>
        )}
        <p className="board-small">{t('people.scanner.hint')}</p>
      </Card>
      <Card title={t('scanning.title')} icon="info">
        {(['read', 'silent', 'wrong'] as const).map((part) => (
          <section key={part} className="people-scanning-part">
            <h3>{t(`scanning.heading.${part}`)}</h3>
            <ul>
              {t(`scanning.lines.${part}`)
                .split('\n')
                .map((line) => (
                  <li key={line}>{line}</li>
                ))}
            </ul>
          </section>
        ))}
      </Card>
    </div>
  );
}

function toneOf(seen: ScannerTestAnswer): 'ok' | 'warn' | 'bad' {
  if (seen.kind === 'unknown') return 'bad';
  return seen.corruption === null ? 'ok' : 'warn';
}
