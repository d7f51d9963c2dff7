import type { PathOf } from '../../contract/endpoints.ts';
import type { Kiosk } from './kiosk.ts';
import type { Handlers } from './serve-endpoints.ts';
import type { HallSettings } from './settings.ts';

const done = { ok: true as const };

/** The console's endpoints outside people, rosters and reports. */
export type ConsolePath = Exclude<
  PathOf<'console'>,
  `console/people/${string}` | `console/roster/${string}` | `console/report/${string}`
>;

/** What technician and hall chair may do with sittings, stage and console. Every command is written to the list of actions. */
export function createConsoleApi(kiosk: Kiosk, settings: HallSettings, changed: () => void): Handlers<ConsolePath> {
  const note = (type: string, detail: Record<string, string | number | boolean | null> = {}) => {
    kiosk.store.settings.recordAction(kiosk.store.clock.now(), kiosk.access.role ?? 'nobody', type, detail);
    changed();
  };
  const actor = () => (kiosk.access.role === 'chair' ? 'chair' : 'technician');

  return {
    'console/unlock': async ({ pin, role }) => {
      const checked = await kiosk.pins.check(role, pin);
      if (checked.ok) kiosk.access.unlock(role);
      note('unlock', { role, ok: checked.ok });
      return checked.ok ? { ok: true, role } : checked;
    },
    'console/set-pin': async ({ pin, role }) => {
      // The first visitor sets the first PIN; afterwards only an open console may.
      const first = !kiosk.pins.isSet('technician');
      if (!first && kiosk.access.role === null) return { ok: false, error: 'locked' };
      await kiosk.pins.setPin(first ? 'technician' : role, pin);
      if (first) kiosk.access.unlock('technician');
      note('set_pin', { role });
      return done;
    },
    'console/show': ({ role }) => {
      kiosk.shell.show(role);
      return done;
    },
    'console/lock': () => {
      note('lock');
      kiosk.access.lock();
      changed();
      return done;
    },
    'console/open-sitting': ({ sittingId }) => {
      const answer = kiosk.conductor.open(sittingId);
      note('open_sitting', { sittingId, ok: answer.ok });
      return answer;
    },
    'console/end-sitting': ({ sittingId }) => {
      const answer = kiosk.conductor.end(sittingId, actor());
      note('end_sitting', { sittingId, ok: answer.ok });
      return answer;
    },
    'console/reopen-sitting': ({ sittingId, reason }) => {
      const answer = kiosk.conductor.reopen(sittingId, actor(), reason ?? null);
      note('reopen_sitting', { sittingId, ok: answer.ok });
      return answer;
    },
    'console/early-end': ({ sittingId, close }) => {
      const isAsked = kiosk.conductor.current?.id === sittingId;
      const answer = isAsked
        ? kiosk.conductor.answerEnd(close)
        : { ok: false as const, error: 'nothing_asked' as const };
      note('early_end', { sittingId, close, ok: answer.ok });
      return answer;
    },
    'console/notice': ({ text }) => {
      settings.setNotice(text);
      note('notice');
      return done;
    },
    'console/sound': (sound) => {
      settings.setSound(sound);
      note('sound');
      return done;
    },
    'console/test-tone': () => {
      settings.testToneAt = kiosk.store.clock.now();
      note('test_tone');
      return done;
    },
    'console/back-to-live': () => {
      settings.backToLive += 1;
      note('back_to_live');
      return done;
    },
    'console/send-now': (report) => {
      kiosk.courier.sendNow();
      note('send_now', report);
      return done;
    },
    'console/quit': () => {
      note('quit');
      kiosk.shell.quit();
      return done;
    },
  };
}
