import type { JSX } from 'react';
import { useState } from 'react';
import './stage.css';
import type { StageView } from '../../electron/contract/api.ts';
import { useView } from '../client/use-view.ts';
import type { ViewStream } from '../client/view-stream.ts';
import { useLanguageOfPc } from '../i18n/use-language-of-pc.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { DisplayNumber } from '../ui/display-number.tsx';
import { useShowKeys } from '../ui/use-show-keys.ts';
import { RehearsalChip, Watermark } from '../ui/watermark.tsx';
import type { PictureState } from './layer.ts';
import { chooseLayer } from './layer.ts';
import { NoticeLine } from './notice-line.tsx';
import { Picture } from './picture.tsx';
import { Slate } from './slate.tsx';
import { useDecodeTrial } from './use-decode-trial.ts';
import { useIdleSamples } from './use-idle-samples.ts';
import { useTestTone } from './use-test-tone.ts';
import { useDisplayLost } from './use-display-lost.ts';
import { usePreview } from './use-preview.ts';
import { WaysOut } from './ways-out.tsx';
import { useWakeLock } from './use-wake-lock.ts';

const NO_PICTURE: PictureState = { shown: false, seen: false };

/** The hall's screen: the broadcast, and a slate whenever there is no moving picture. Nothing here takes input but the ways out of the only display. */
export function Stage({ stream }: { stream: ViewStream<'stage'> }): JSX.Element {
  const { view } = useView(stream);
  const { t } = useTexts(view?.address);
  const [picture, setPicture] = useState<PictureState>(NO_PICTURE);
  useLanguageOfPc(view?.language);
  useWakeLock();
  useShowKeys('stage', 'desk', 'console');
  useTestTone(view);
  useDecodeTrial(view);
  const playing = view !== null && isPlaying(view);
  useIdleSamples(!playing);
  usePreview(view?.preview ?? false);
  const layer = chooseLayer(view, picture);
  const lost = useDisplayLost(view?.displays);
  // With one display the desk may be behind this window, and nobody would see a call there; the call says where the desk is, too.
  const isCalled = view?.displays === 1 && view.helpAskedAt !== null;
  const behind = isCalled ? t('stage.helpBehind') : lost ? t('stage.deskBehind') : null;
  return (
    <main className="stage">
      <div className="stage-show">
        {playing && <Picture key={view.sitting?.id ?? 'none'} view={view} onPicture={setPicture} />}
        {layer.layer !== 'picture' && <Slate layer={layer} view={view} clock={stream.clock} />}
      </div>
      {view?.notice && <NoticeLine text={view.notice} />}
      {behind !== null && <NoticeLine text={behind} quiet />}
      {view && <WaysOut view={view} />}
      {view && <DisplayNumber view={view} clock={stream.clock} of="hall" />}
      {view?.rehearsal && (
        <>
          <Watermark word={t('common.rehearsal')} tone="night" />
          <div className="stage-chip">
            <RehearsalChip word={t('common.rehearsal')} />
          </div>
        </>
      )}
    </main>
  );
}

function isPlaying(view: StageView): boolean {
  return view.scene === 'broadcast' && view.sources.length > 0;
}
