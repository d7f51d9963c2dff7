import type { JSX } from 'react';
import './console.css';
import { useView } from '../client/use-view.ts';
import type { ViewStream } from '../client/view-stream.ts';
import { useLanguageOfPc } from '../i18n/use-language-of-pc.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { DisplayNumber } from '../ui/display-number.tsx';
import { PlainMessage } from '../ui/plain-message.tsx';
import { Reconnecting } from '../ui/reconnecting.tsx';
import { useShowKeys } from '../ui/use-show-keys.ts';
import { Watermark } from '../ui/watermark.tsx';
import { Board } from './board.tsx';
import { HelpBanner } from './help-banner.tsx';
import './people.css';
import { LockScreen } from './lock-screen.tsx';

/** The technician's and the chair's window: locked behind a PIN, then the board. */
export function Console({ stream }: { stream: ViewStream<'console'> }): JSX.Element {
  const { view, lost } = useView(stream);
  const { t } = useTexts();
  useLanguageOfPc(view?.language);
  useShowKeys('console', 'stage', 'desk');
  if (!view) return <PlainMessage text={lost ? 'reconnecting' : 'starting'} />;
  return (
    <>
      {view.locked || !view.open ? (
        <LockScreen view={view} clock={stream.clock} />
      ) : (
        <Board view={view} open={view.open} clock={stream.clock} />
      )}
      {view.locked && typeof view.helpAskedAt === 'number' && <HelpBanner askedAt={view.helpAskedAt} locked />}
      {view.rehearsal && <Watermark word={t('common.rehearsal')} tone="day" />}
      <DisplayNumber view={view} clock={stream.clock} of="operator" />
      <Reconnecting lost={lost} />
    </>
  );
}
