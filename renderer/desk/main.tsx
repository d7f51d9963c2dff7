import '../ui/foundation.ts';
import { enDesk } from '../i18n/en-desk.ts';
import { viDesk } from '../i18n/vi-desk.ts';
import { enShared } from '../i18n/en-shared.ts';
import { viShared } from '../i18n/vi-shared.ts';
import { startWindow } from '../client/start-window.tsx';
import { PlainMessage } from '../ui/plain-message.tsx';
import { Desk } from './desk.tsx';

void startWindow<'desk'>(
  (stream) => <Desk stream={stream} />,
  () => <PlainMessage text="restarting" />,
  { vi: { ...viShared, ...viDesk }, en: { ...enShared, ...enDesk } },
);
