import type { JSX } from 'react';
import { useId, useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import type { BoardProps } from './board-props.ts';

const LONGEST = 300;

/** The one line that may stand at the foot of the hall's picture. */
export function NoticeCard({ view, open, commands }: Pick<BoardProps, 'view' | 'open' | 'commands'>): JSX.Element {
  const { t } = useTexts();
  const [text, setText] = useState(open.notice ?? '');
  const id = useId();
  const show = (said: string): void => {
    if (view.sitting) void commands.run('console/notice', { sittingId: view.sitting.id, text: said });
  };
  return (
    <Card title={t('console.notice.title')} icon="info">
      <p>{open.notice ? t('console.notice.shown', { text: open.notice }) : t('console.notice.none')}</p>
      <label htmlFor={id} className="board-small">
        {t('console.notice.label')}
      </label>
      <input
        id={id}
        className="board-input"
        value={text}
        maxLength={LONGEST}
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
      />
      <div className="board-action">
        <Button
          tone="primary"
          disabled={text.trim() === '' || text.trim() === open.notice}
          onClick={() => show(text.normalize('NFC').trim())}
        >
          {t('console.notice.show')}
        </Button>
        <Button
          disabled={!open.notice}
          onClick={() => {
            setText('');
            show('');
          }}
        >
          {t('console.notice.clear')}
        </Button>
      </div>
    </Card>
  );
}
