import { z } from 'zod';
import type { SetAnswer, SettingsAnswer, SettingsChange } from '../../contract/api-settings.ts';
import type { PathOf } from '../../contract/endpoints.ts';
import type { SessionPackage } from '../../contract/session-package.ts';
import type { Access } from '../access/access.ts';
import type { Hall } from '../hall/hall.ts';
import type { Pc } from '../hall/pc.ts';
import type { PcSettings } from '../hall/pc-settings.ts';
import { hostOfProxy, isOnThisPc, parseProxy } from '../hall/proxy-address.ts';
import { allowCopiesOnSticks, mayCopyOnSticks } from '../hall/second-copy.ts';
import { listServersOf } from '../hall/session-egress.ts';
import { tryProxy } from '../hall/try-proxy.ts';
import { joinLogin, splitLogin } from '../../shared/proxy-login.ts';
import { isRunning } from '../sitting/machine.ts';
import type { Store } from '../store/store.ts';
import type { Actions } from './actions.ts';
import type { Handlers } from './serve-endpoints.ts';

type SettingsPath = Extract<PathOf<'console'>, `console/settings/${string}`>;

export interface SettingsPorts {
  hall: Pick<Hall, 'session' | 'shownAt' | 'sitting'>;
  access: Pick<Access, 'checkPin' | 'actor'>;
  actions: Actions;
  pc: Pick<Pc, 'autostart' | 'open' | 'settings'>;
  store: Pick<Store, 'settings' | 'clock'>;
  onError(this: void, cause: unknown): void;
}

const SHOWN_CHANGES = 12;
const WHAT = [
  'autostart',
  'language',
  'large_letters',
  'read_aloud',
  'proxy',
  'stick_copies',
  'sound',
  'swap_displays',
  'set_pin',
  'change_session',
  'trial',
] as const;
const Detail = z.looseObject({ on: z.boolean().optional(), to: z.string().optional() });

/** Settings of this PC. Each change is written to the list of actions, which the page shows again. */
export function createConsoleSettingsApi(ports: SettingsPorts): Handlers<SettingsPath> {
  const { hall, access, actions, pc, store } = ports;
  const set: Set = (name, value, { action, detail }) => {
    try {
      pc.settings.set(name, value, { at: store.clock.now(), by: access.actor });
    } catch (cause) {
      ports.onError(cause);
      return { ok: false, error: 'not_written' };
    }
    actions.note(action, detail);
    return { ok: true };
  };
  return {
    'console/settings/read': async (): Promise<SettingsAnswer> => {
      const { delivery } = hall.session.document;
      const { proxy } = pc.settings.networkOf(delivery, listServersOf(hall.session.document));
      const chosen = pc.settings.get('proxy');
      const shown = (address: string | undefined) => (address === undefined ? null : hostOfProxy(address));
      return {
        ok: true,
        autostart: await pc.autostart.read(),
        language: pc.settings.get('language'),
        largeLetters: pc.settings.get('largeLetters'),
        readAloud: pc.settings.get('readAloud'),
        proxy: {
          use: chosen.use,
          hasLogin: chosen.use === 'address' && chosen.login !== undefined,
          used: shown(proxy),
          ofPackage: shown(delivery.proxy),
        },
        stickCopies: mayCopyOnSticks(store),
        changes: store.settings.listActions(WHAT, SHOWN_CHANGES).map((action) => {
          const change = toChange(action);
          return { ...change, at: hall.shownAt(change.at) };
        }),
      };
    },
    'console/settings/autostart': async ({ on }) => {
      try {
        const state = await pc.autostart.set(on);
        actions.note('autostart', { on, state });
        return { ok: true, state };
      } catch (cause) {
        ports.onError(cause);
        return { ok: false, error: 'not_written' };
      }
    },
    'console/settings/language': ({ language }) =>
      set('language', language, { action: 'language', detail: { to: language } }),
    'console/settings/large-letters': ({ on }) => set('largeLetters', on, { action: 'large_letters', detail: { on } }),
    'console/settings/read-aloud': ({ on }) => set('readAloud', on, { action: 'read_aloud', detail: { on } }),
    'console/settings/proxy': async ({ choice, sure }) => {
      if (choice.use !== 'address') return set('proxy', choice, { action: 'proxy', detail: { to: choice.use } });
      const address = parseProxy(choice.address);
      if (address === null) return { ok: false, error: 'not_an_address' };
      // On the screen of a hall a password belongs into a field that does not show it.
      if (splitLogin(address).login !== null) return { ok: false, error: 'login_in_address' };
      const { name = '', password = '' } = choice;
      const login = name === '' && password === '' ? null : { name, password };
      const kept = pc.settings.seal(address, login);
      if (kept === null) return { ok: false, error: 'no_key' };
      if (!sure) {
        const cause = await tryOut(hall.session.document, joinLogin(address, login));
        if (cause !== null) return { ok: false, error: 'does_not_work', cause };
      }
      return set('proxy', kept, { action: 'proxy', detail: { to: hostOfProxy(address) } });
    },
    'console/settings/stick-copies': ({ on }) => {
      allowCopiesOnSticks(store, on);
      actions.note('stick_copies', { on });
      return { ok: true };
    },
    'console/settings/change-session': async ({ pin, sure }) => {
      const checked = await access.checkPin('technician', pin);
      if (!checked.ok && checked.error !== 'pin_missing') return checked;
      if (!sure && hall.sitting && isRunning(hall.sitting.state)) return { ok: false, error: 'sitting_running' };
      actions.note('change_session', { during: hall.sitting?.id ?? null });
      pc.open({ kind: 'lobby' });
      return { ok: true };
    },
  };
}

/** One setting of the PC, and its line in the list of actions. */
type Set = <N extends Parameters<PcSettings['get']>[0]>(
  name: N,
  value: ReturnType<typeof PcSettings.prototype.get<N>>,
  noted: { action: (typeof WHAT)[number]; detail: Record<string, string | boolean> },
) => SetAnswer;

/** Tried with a server that the session needs; a secure one shows most. Servers on this PC are not reached by a proxy. */
async function tryOut(document: SessionPackage, proxy: string): Promise<string | null> {
  const servers = listServersOf(document).filter((url) => !isOnThisPc(url));
  const server = servers.find((url) => url.startsWith('https:')) ?? servers[0];
  if (server === undefined) return null;
  return tryProxy({ proxy, server, certificateAuthority: document.delivery.certificateAuthority });
}

function toChange({ at, actor, type, detail }: ReturnType<Store['settings']['listActions']>[number]): SettingsChange {
  const what = WHAT.find((each) => each === type) ?? 'sound';
  const { on = null, to = null } = Detail.safeParse(detail).data ?? {};
  return { at, actor, what, on, to };
}
