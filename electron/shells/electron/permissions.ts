import type { Session, WebContents } from 'electron';
import type { Audience } from './scheme.ts';
import { isOwnUrl, SCHEME } from './scheme.ts';

/**
 * What each audience may use; everything else is refused without asking. The stage keeps the displays awake and chooses the
 * loudspeaker, the console lists loudspeakers for it. Nobody may record.
 */
export const PERMISSIONS: Readonly<Record<Audience, readonly string[]>> = {
  stage: ['screen-wake-lock', 'speaker-selection'],
  desk: [],
  console: ['speaker-selection'],
  print: [],
};

/** Schemes that a window may load from; `blob:` is the player's media source. */
const LOADABLE = new Set([`${SCHEME}:`, 'blob:', 'data:']);

/** Refuses, in one session, every permission, device, download and network address that its audience has no use for. */
export function hardenSession(session: Session, audience: Audience): void {
  const allowed = (contents: WebContents | null, permission: string) =>
    PERMISSIONS[audience].includes(permission) && contents !== null && isOwnUrl(audience, contents.getURL());
  session.setPermissionRequestHandler((contents, permission, callback) => callback(allowed(contents, permission)));
  session.setPermissionCheckHandler((contents, permission) => allowed(contents, permission));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null));
  session.setBluetoothPairingHandler((_details, callback) => callback({ confirmed: false }));
  session.setUSBProtectedClassesHandler(({ protectedClasses }) => protectedClasses);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !URL.canParse(details.url) || !LOADABLE.has(new URL(details.url).protocol) });
  });
}
