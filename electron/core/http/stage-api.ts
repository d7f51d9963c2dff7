import type { PathOf } from '../../contract/endpoints.ts';
import type { Hall } from '../hall/hall.ts';
import type { Pc } from '../hall/pc.ts';
import type { StagePreview } from './stage-preview.ts';
import type { Handlers } from './serve-endpoints.ts';

export interface StagePorts {
  hall: Pick<Hall, 'recordSample' | 'recordPlaybackEvent' | 'renewAddress'>;
  pc: Pick<Pc, 'show'>;
  preview: Pick<StagePreview, 'put'>;
}

/** What the stage may do besides fetching the broadcast: ask for an address whose token has run out, and say how playback goes. */
export function createStageApi({ hall, pc, preview }: StagePorts): Handlers<PathOf<'stage'>> {
  return {
    'stage/playback': (sample) => {
      hall.recordSample(sample);
      return { ok: true };
    },
    'stage/playback-event': (event) => {
      hall.recordPlaybackEvent(event);
      return { ok: true };
    },
    'stage/fresh-address': async ({ sourceId }) => ({ ok: true, url: await hall.renewAddress(sourceId) }),
    'stage/preview': ({ jpeg }) => {
      preview.put(jpeg);
      return { ok: true };
    },
    'stage/show': ({ role }) => {
      pc.show(role);
      return { ok: true };
    },
  };
}
