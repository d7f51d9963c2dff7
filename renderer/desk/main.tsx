import '../ui/foundation.ts';
import { startWindow } from '../client/start-window.tsx';
import { PlainMessage } from '../ui/plain-message.tsx';
import { Desk } from './desk.tsx';

void startWindow<'desk'>(
  (stream) => <Desk stream={stream} />,
  () => <PlainMessage text="restarting" />,
);
