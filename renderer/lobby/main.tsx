import '../ui/foundation.ts';
import '../ui/parts.css';
import { startWindow } from '../client/start-window.tsx';
import { PlainMessage } from '../ui/plain-message.tsx';
import { en } from '../i18n/en.ts';
import { vi } from '../i18n/vi.ts';
import { Lobby } from './lobby.tsx';

void startWindow<'lobby'>(
  (stream) => <Lobby stream={stream} />,
  () => <PlainMessage text="restarting" />,
  { vi, en },
);
