import type { PathOf } from '../../contract/endpoints.ts';
import type { Access } from '../access/access.ts';
import type { Recovery } from '../access/recovery.ts';
import type { Reports } from '../hall/reports.ts';
import type { Retention } from '../hall/retention.ts';
import { renderRecoverySheetHtml } from '../report/documents/recovery-sheet.ts';
import type { Actions } from './actions.ts';
import type { Handlers } from './serve-endpoints.ts';

type KeysPath = Extract<PathOf<'console'>, `console/keys/${string}`>;

export interface KeysPorts {
  recovery: Recovery;
  access: Pick<Access, 'role'>;
  actions: Actions;
  retention: Pick<Retention, 'list' | 'certificateOf'>;
  reports: Pick<Reports, 'saveFile' | 'savePage'>;
  onError: (cause: unknown) => void;
}

/** The recovery code: made, checked, and never given out a second time. And what became of personal data whose time is over. */
export function createConsoleKeysApi(ports: KeysPorts): Handlers<KeysPath> {
  const { recovery, access, actions, retention, reports, onError } = ports;
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
    'console/keys/retention': () => ({ ok: true, sessions: retention.list() }),
    'console/keys/save-certificate': async ({ packageId, placeId }) => {
      const certificate = retention.certificateOf(packageId);
      if (certificate === null) return { ok: false, error: 'no_certificate' };
      const answer = await reports.saveFile(placeId, `giay-chung-nhan-huy_${packageId}.jws`, Buffer.from(certificate));
      actions.note('save_certificate', { packageId, ok: answer.ok });
      return answer;
    },
    'console/keys/save-sheet': async ({ code, placeId }) => {
      if (access.role !== 'technician') return { ok: false, error: 'technician_only' };
      const made = recovery.state;
      if (!made || !recovery.check(code).ok) return { ok: false, error: 'other_code' };
      const answer = await reports.savePage(placeId, `to-ma-khoi-phuc_${made.sheet}.pdf`, (venue, fonts) =>
        renderRecoverySheetHtml({ venue, ...made, code }, fonts),
      );
      actions.note('save_recovery_sheet', { sheet: made.sheet, ok: answer.ok });
      return answer;
    },
    'console/keys/check-code': ({ code }) => recovery.check(code),
  };
}
