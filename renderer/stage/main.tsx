import '../ui/foundation.ts';
import { startWindow } from '../client/start-window.tsx';
import { Stage } from './stage.tsx';
import { StageFallback } from './stage-fallback.tsx';

void startWindow<'stage'>(
  (stream) => <Stage stream={stream} />,
  (last) => <StageFallback view={last} />,
);
