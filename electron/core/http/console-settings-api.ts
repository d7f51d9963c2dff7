import { z } from 'zod';
import type { SettingsAnswer, SettingsChange } from '../../contract/api-settings.ts';
import type { PathOf } from '../../contract/endpoints.ts';
import type { Access } from '../access/access.ts';
import type { Hall } from '../hall/hall.ts';
import type { Pc } from '../hall/pc.ts';
import { allowCopiesOnSticks, mayCopyOnSticks } from '../hall/second-copy.ts';
import { isRunning } from '../sitting/machine.ts';
import type { Store } from '../store/store.ts';
import type { Actions } from './actions.ts';
import type { Handlers } from './serve-endpoints.ts';

type SettingsPath = Extract<PathOf<'console'>, `console/settings/${string}`>;

export interface SettingsPorts {
  hall: Pick<Hall, 'session' | 'sitting'>;
  access: Pick<Access, 'checkPin'>;
  actions: Actions;
  pc: Pick<Pc, 'autostart' | 'open'>;
  store: Pick<Store, 'settings'>;
  onError(this: void, cause: unknown): void;
}

const SHOWN_CHANGES = 12;
const WHAT = ['autostart', 'stick_copies', 'sound', 'set_pin', 'change_session', 'trial'] as const;
const Detail = z.looseObject({ on: z.boolean().optional() });

/** Settings of this PC. Each change is written to the list of actions, which the page shows again. */
export function createConsoleSettingsApi(ports: SettingsPorts): Handlers<SettingsPath> {
  const { hall, access, actions, pc, store } = ports;
  return {
    'console/settings/read': async (): Promise<SettingsAnswer> => {
      const { proxy } = hall.session.document.delivery;
      return {
        ok: true,
        autostart: await pc.autostart.read(),
        proxy: proxy === undefined ? null : new URL(proxy).host,
        stickCopies: mayCopyOnSticks(store),
        changes: store.settings.listActions(WHAT, SHOWN_CHANGES).map(toChange),
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

function toChange({ at, actor, type, detail }: ReturnType<Store['settings']['listActions']>[number]): SettingsChange {
  const what = WHAT.find((each) => each === type) ?? 'sound';
  return { at, actor, what, on: Detail.safeParse(detail).data?.on ?? null };
}
