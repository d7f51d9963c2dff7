import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { z } from 'zod';
import type { ConsoleView, UnlockAnswer } from '../../contract/api.ts';
import {
  NoticeInput,
  ReportInput,
  SetPinInput,
  ShowInput,
  SittingInput,
  SoundInput,
  UnlockInput,
} from '../../contract/api.ts';
import { ReopenInput } from '../../contract/api-report.ts';
import { body } from './body.ts';
import type { Kiosk } from './kiosk.ts';
import type { Push } from './push.ts';
import type { HallSettings } from './settings.ts';

const done = { ok: true as const };

/** What technician and hall chair may do, behind a PIN. Every command is written to the list of actions. */
export function createConsoleApi(kiosk: Kiosk, push: Push<ConsoleView>, settings: HallSettings, changed: () => void) {
  const note = (type: string, detail: Record<string, string | number | boolean | null> = {}) => {
    kiosk.store.settings.recordAction(kiosk.store.clock.now(), kiosk.access.role ?? 'nobody', type, detail);
    changed();
  };
  const unlocked = createMiddleware(async (c, next) => {
    if (kiosk.access.role === null) return c.json({ ok: false as const, error: 'locked' as const }, 403);
    kiosk.access.touch();
    await next();
    return undefined;
  });
  const actor = () => (kiosk.access.role === 'chair' ? 'chair' : 'technician');

  return new Hono()
    .get('/events', (c) => push.stream(c))
    .post('/unlock', body(UnlockInput), async (c) => {
      const { pin, role } = c.req.valid('json');
      const checked: UnlockAnswer = await kiosk.pins.check(role, pin).then((r) => (r.ok ? { ok: true, role } : r));
      if (checked.ok) kiosk.access.unlock(role);
      note('unlock', { role, ok: checked.ok });
      return c.json(checked);
    })
    .post('/set-pin', body(SetPinInput), async (c) => {
      const { pin, role } = c.req.valid('json');
      // The first visitor sets the first PIN; afterwards only an open console may.
      const first = !kiosk.pins.isSet('technician');
      if (!first && kiosk.access.role === null) return c.json({ ok: false as const, error: 'locked' as const }, 403);
      await kiosk.pins.setPin(first ? 'technician' : role, pin);
      if (first) kiosk.access.unlock('technician');
      note('set_pin', { role });
      return c.json(done);
    })
    .post('/show', body(ShowInput), (c) => {
      kiosk.shell.show(c.req.valid('json').role);
      return c.json(done);
    })
    .use(unlocked)
    .post('/lock', (c) => {
      note('lock');
      kiosk.access.lock();
      changed();
      return c.json(done);
    })
    .post('/open-sitting', body(SittingInput), (c) => {
      const { sittingId } = c.req.valid('json');
      const answer = kiosk.conductor.open(sittingId);
      note('open_sitting', { sittingId, ok: answer.ok });
      return c.json(answer);
    })
    .post('/end-sitting', body(SittingInput), (c) => {
      const { sittingId } = c.req.valid('json');
      const answer = kiosk.conductor.end(sittingId, actor());
      note('end_sitting', { sittingId, ok: answer.ok });
      return c.json(answer);
    })
    .post('/reopen-sitting', body(ReopenInput), (c) => {
      const { sittingId, reason } = c.req.valid('json');
      const answer = kiosk.conductor.reopen(sittingId, actor(), reason ?? null);
      note('reopen_sitting', { sittingId, ok: answer.ok });
      return c.json(answer);
    })
    .post('/early-end', body(z.strictObject({ close: z.boolean() })), (c) => {
      const { close } = c.req.valid('json');
      const answer = kiosk.conductor.answerEnd(close);
      note('early_end', { close, ok: answer.ok });
      return c.json(answer);
    })
    .post('/notice', body(NoticeInput), (c) => {
      settings.setNotice(c.req.valid('json').text);
      note('notice');
      return c.json(done);
    })
    .post('/sound', body(SoundInput), (c) => {
      settings.setSound(c.req.valid('json'));
      note('sound');
      return c.json(done);
    })
    .post('/test-tone', (c) => {
      settings.testToneAt = kiosk.store.clock.now();
      note('test_tone');
      return c.json(done);
    })
    .post('/back-to-live', (c) => {
      settings.backToLive += 1;
      note('back_to_live');
      return c.json(done);
    })
    .post('/send-now', body(ReportInput), (c) => {
      kiosk.courier.sendNow();
      note('send_now', c.req.valid('json'));
      return c.json(done);
    })
    .post('/quit', (c) => {
      note('quit');
      kiosk.shell.quit();
      return c.json(done);
    });
}
export type ConsoleApi = ReturnType<typeof createConsoleApi>;
