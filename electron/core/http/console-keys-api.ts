import type { PathOf } from '../../contract/endpoints.ts';
import type { Access } from '../access/access.ts';
import type { Recovery } from '../access/recovery.ts';
import type { Actions } from './actions.ts';
import type { Handlers } from './serve-endpoints.ts';

type KeysPath = Extract<PathOf<'console'>, `console/keys/${string}`>;

export interface KeysPorts {
  recovery: Recovery;
  access: Pick<Access, 'role'>;
  actions: Actions;
  onError: (cause: unknown) => void;
}

/** The recovery code: made, checked, and never given out a second time. */
export function createConsoleKeysApi({ recovery, access, actions, onError }: KeysPorts): Handlers<KeysPath> {
  return {
    'console/keys/state': () => ({ ok: true, recovery: recovery.state }),
    'console/keys/make-code': () => {
      if (access.role !== 'technician') return { ok: false, error: 'technician_only' };
      try {
        const { code, ...made } = recovery.make();
        actions.note('recovery_code_made', { sheet: made.sheet });
        return { ok: true, code, recovery: made };
      } catch (cause) {
        onError(cause);
        return { ok: false, error: 'cannot_write' };
      }
    },
    'console/keys/check-code': ({ code }) => recovery.check(code),
  };
}
