import type { PathOf } from '../../contract/endpoints.ts';
import type { Access } from '../access/access.ts';
import type { Hall } from '../hall/hall.ts';
import type { Pc } from '../hall/pc.ts';
import type { Reports } from '../hall/reports.ts';
import type { Actions } from './actions.ts';
import type { Handlers } from './serve-endpoints.ts';
import type { ConsoleStagePath } from './console-stage-api.ts';

const done = { ok: true as const };

/** The console's endpoints outside people, rosters, reports and the hall's picture. */
type ConsolePath = Exclude<
  PathOf<'console'>,
  | `console/${'people' | 'checks' | 'roster' | 'report' | 'printers' | 'settings' | 'keys' | 'trial' | 'support'}/${string}`
  | ConsoleStagePath
>;

export interface ConsolePorts {
  hall: Pick<Hall, 'sitting' | 'conductor'>;
  access: Access;
  actions: Actions;
  reports: Pick<Reports, 'courier'>;
  pc: Pick<Pc, 'show' | 'quit'>;
}

/** What technician and hall chair may do with sittings and console. Every command is written to the list of actions. */
export function createConsoleApi(ports: ConsolePorts): Handlers<ConsolePath> {
  const { hall, access, actions, reports, pc } = ports;
  return {
    'console/unlock': async ({ pin, role }) => {
      const checked = await access.unlock(role, pin);
      actions.note('unlock', { role, ok: checked.ok });
      return checked.ok ? { ok: true, role } : checked;
    },
    'console/set-pin': async ({ pin, role, current }) => {
      const answer = await access.setPin(role, pin, current);
      if (answer.ok) actions.note('set_pin', { role });
      return answer;
    },
    'console/show': ({ role }) => {
      pc.show(role);
      return done;
    },
    // That the console is in use is noted before any handler.
    'console/stay-open': () => done,
    'console/lock': () => {
      actions.note('lock');
      access.lock();
      return done;
    },
    'console/open-sitting': ({ sittingId }) => {
      const answer = hall.conductor.open(sittingId);
      actions.note('open_sitting', { sittingId, ok: answer.ok });
      return answer;
    },
    'console/end-sitting': ({ sittingId }) => {
      const answer = hall.conductor.end(sittingId, access.role === 'chair' ? 'chair' : 'technician');
      actions.note('end_sitting', { sittingId, ok: answer.ok });
      return answer;
    },
    'console/reopen-sitting': ({ sittingId, reason }) => {
      const answer = hall.conductor.reopen(sittingId, access.role === 'chair' ? 'chair' : 'technician', reason ?? null);
      actions.note('reopen_sitting', { sittingId, ok: answer.ok });
      return answer;
    },
    'console/early-end': ({ sittingId, close }) => {
      const isAsked = hall.sitting?.id === sittingId;
      const answer = isAsked
        ? hall.conductor.answerEnd(close)
        : { ok: false as const, error: 'nothing_asked' as const };
      actions.note('early_end', { sittingId, close, ok: answer.ok });
      return answer;
    },
    'console/send-now': (report) => {
      reports.courier.sendNow();
      actions.note('send_now', report);
      return done;
    },
    'console/quit': () => {
      actions.note('quit');
      pc.quit();
      return done;
    },
  };
}
