import type { Session, WebContents } from 'electron';
import { WINDOW_PERMISSIONS, type WindowPermission } from '../../contract/shell.ts';
import type { Audience } from './scheme.ts';
import { isOwnUrl, SCHEME } from './scheme.ts';

/** Electron's names. */
const PERMISSION_NAMES: Record<WindowPermission, string> = {
  keep_awake: 'screen-wake-lock',
  choose_loudspeaker: 'speaker-selection',
};

/** What each audience may use by Electron's names; everything else is refused without asking. A page to be printed may use nothing. */
export function permissionsOf(audience: Audience): string[] {
  return audience === 'print' ? [] : WINDOW_PERMISSIONS[audience].map((permission) => PERMISSION_NAMES[permission]);
}

/** Schemes that a window may load from; `blob:` is the player's media source. */
const LOADABLE = new Set([`${SCHEME}:`, 'blob:', 'data:']);

/** Refuses, in one session, every permission, device, download and network address that its audience has no use for. */
export function hardenSession(session: Session, audience: Audience): void {
  const granted = permissionsOf(audience);
  const allowed = (contents: WebContents | null, permission: string) =>
    granted.includes(permission) && contents !== null && isOwnUrl(audience, contents.getURL());
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
