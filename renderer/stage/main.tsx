import '../ui/foundation.ts';
import { enStage } from '../i18n/en-stage.ts';
import { viStage } from '../i18n/vi-stage.ts';
import { enShared } from '../i18n/en-shared.ts';
import { viShared } from '../i18n/vi-shared.ts';
import { startWindow } from '../client/start-window.tsx';
import { Stage } from './stage.tsx';
import { StageFallback } from './stage-fallback.tsx';

void startWindow<'stage'>(
  (stream) => <Stage stream={stream} />,
  (last) => <StageFallback view={last} />,
  { vi: { ...viShared, ...viStage }, en: { ...enShared, ...enStage } },
);
