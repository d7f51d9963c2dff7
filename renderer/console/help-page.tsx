import type { JSX } from 'react';
import { useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { vi } from '../i18n/vi.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import type { BoardProps } from './board-props.ts';
import { SupportSheet } from './support-sheet.tsx';

type Topic = keyof typeof vi.help.title;

const TROUBLE = ['picture', 'sound', 'network'] as const satisfies readonly Topic[];
const OF_ROLE = {
  technician: ['before', 'desk', 'power', 'screens'],
  chair: ['count', 'absent', 'sign', 'return'],
} as const satisfies Record<string, readonly Topic[]>;

/** What to do when something happens: the three faults of a hall for everybody, then what belongs to who is logged in. */
export function HelpPage({ view }: Pick<BoardProps, 'view'>): JSX.Element {
  const { t } = useTexts();
  const linesOf = (topic: Topic): string[] => t(`help.steps.${topic}`).split('\n');
  return (
    <>
      <p className="help-call">{view.hotline ? t('help.call', { hotline: view.hotline }) : t('help.callNone')}</p>
      <div className="help-page">
        {TROUBLE.map((topic) => (
          <Card key={topic} title={t(`help.title.${topic}`)} icon="alert">
            <dl className="help-tree">
              {linesOf(topic).map((line) => {
                const [seen = '', ...then] = line.split(': ');
                return (
                  <div key={line}>
                    <dt>{seen}</dt>
                    <dd>{then.join(': ')}</dd>
                  </div>
                );
              })}
            </dl>
          </Card>
        ))}
        {OF_ROLE[view.role ?? 'technician'].map((topic) => (
          <Card key={topic} title={t(`help.title.${topic}`)} icon="info">
            <ol className="help-steps">
              {linesOf(topic).map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          </Card>
        ))}
        {view.role === 'technician' && <SupportCard />}
      </div>
    </>
  );
}

/** For when the telephone does not solve it: everything a person far away needs, in one file. */
function SupportCard(): JSX.Element {
  const { t } = useTexts();
  const [isOpen, setOpen] = useState(false);
  return (
    <Card title={t('support.title')} icon="report">
      <p>{t('support.why')}</p>
      <p className="board-small">{t('support.without')}</p>
      <div className="board-action">
        <Button icon="report" onClick={() => setOpen(true)}>
          {t('support.open')}
        </Button>
      </div>
      {isOpen && <SupportSheet onClose={() => setOpen(false)} />}
    </Card>
  );
}
