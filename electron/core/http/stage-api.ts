import type { PathOf } from '../../contract/endpoints.ts';
import type { Kiosk } from './kiosk.ts';
import type { Handlers } from './serve-endpoints.ts';

/** What the stage may do besides fetching the broadcast: ask for an address whose token has run out, and say how playback goes. */
export function createStageApi(kiosk: Kiosk, changed: () => void): Handlers<PathOf<'stage'>> {
  return {
    'stage/playback': (sample) => {
      kiosk.evidence.recordSample(sample);
      kiosk.noteStageSource(sample.state === 'playing' ? sample.sourceId : null);
      changed();
      return { ok: true };
    },
    'stage/playback-event': (event) => {
      kiosk.evidence.recordEvent(event);
      kiosk.conductor.tick();
      changed();
      return { ok: true };
    },
    'stage/fresh-address': async ({ sourceId }) => {
      const url = await kiosk.renewAddress(sourceId);
      changed();
      return { ok: true, url };
    },
    'stage/show': ({ role }) => {
      kiosk.shell.show(role);
      return { ok: true };
    },
  };
}
