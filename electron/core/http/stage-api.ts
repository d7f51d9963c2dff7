import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { StageView } from '../../contract/api.ts';
import { FreshAddressInput, PlaybackEvent, PlaybackSample, ShowInput } from '../../contract/api.ts';
import { body } from './body.ts';
import type { Kiosk } from './kiosk.ts';
import type { Push } from './push.ts';

/** What the stage may do: fetch the broadcast through the relay, ask for an address whose token has run out, and say how playback goes. */
export function createStageApi(kiosk: Kiosk, push: Push<StageView>, changed: () => void) {
  return new Hono<{ Bindings: HttpBindings }>()
    .get('/events', (c) => push.stream(c))
    .get('/stream', (c) => kiosk.relayStream(c.req.raw, () => c.env.outgoing.destroy()))
    .post('/playback', body(PlaybackSample), (c) => {
      const sample = c.req.valid('json');
      kiosk.evidence.recordSample(sample);
      kiosk.noteStageSource(sample.state === 'playing' ? sample.sourceId : null);
      changed();
      return c.json({ ok: true as const });
    })
    .post('/playback-event', body(PlaybackEvent), (c) => {
      kiosk.evidence.recordEvent(c.req.valid('json'));
      kiosk.conductor.tick();
      changed();
      return c.json({ ok: true as const });
    })
    .post('/fresh-address', body(FreshAddressInput), async (c) => {
      const url = await kiosk.renewAddress(c.req.valid('json').sourceId);
      changed();
      return c.json({ url });
    })
    .post('/show', body(ShowInput), (c) => {
      kiosk.shell.show(c.req.valid('json').role);
      return c.json({ ok: true as const });
    });
}
export type StageApi = ReturnType<typeof createStageApi>;
