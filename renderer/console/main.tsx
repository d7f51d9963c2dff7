import '../ui/foundation.ts';
import { startWindow } from '../client/start-window.tsx';
import { PlainMessage } from '../ui/plain-message.tsx';
import { Console } from './console.tsx';

void startWindow<'console'>(
  (stream) => <Console stream={stream} />,
  () => <PlainMessage text="restarting" />,
);
