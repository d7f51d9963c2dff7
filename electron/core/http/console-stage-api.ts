import type { OtherSitting } from '../../contract/api-attendance.ts';
import type { PathOf } from '../../contract/endpoints.ts';
import type { Hall } from '../hall/hall.ts';
import type { Pc } from '../hall/pc.ts';
import type { Actions } from './actions.ts';
import type { Handlers } from './serve-endpoints.ts';
import type { HallSettings } from './settings.ts';
import type { StagePreview } from './stage-preview.ts';

const done = { ok: true as const };
/** A window that shows the sitting before: what it asks for was meant for that one. */
const OTHER_SITTING: OtherSitting = { ok: false, error: 'other_sitting' };
/** What "back to live" leaves of the delay, seconds; as the stage's own. */
const SMALLEST_DELAY_S = 8;

/** What is set of the hall's picture, sound and displays. */
export type ConsoleStagePath = Extract<
  PathOf<'console'>,
  | 'console/notice'
  | 'console/sound'
  | 'console/volume'
  | 'console/source'
  | 'console/test-tone'
  | 'console/back-to-live'
  | 'console/after-outage'
  | 'console/stage-preview'
  | 'console/identify-displays'
  | 'console/swap-displays'
>;

export interface ConsoleStagePorts {
  hall: Pick<Hall, 'sitting' | 'plan' | 'broadcast' | 'chosenSource'>;
  actions: Actions;
  settings: HallSettings;
  preview: Pick<StagePreview, 'look'>;
  pc: Pick<Pc, 'swapDisplays'>;
}

/** What technician and hall chair may do with the hall's picture, sound and displays. */
export function createConsoleStageApi(ports: ConsoleStagePorts): Handlers<ConsoleStagePath> {
  const { hall, actions, settings, preview, pc } = ports;
  return {
    'console/notice': ({ sittingId, text }) => {
      const { sitting } = hall;
      if (sitting?.id !== sittingId) return OTHER_SITTING;
      settings.setNotice(text, sitting);
      actions.note('notice');
      return done;
    },
    'console/sound': (sound) => {
      settings.setSound(sound);
      actions.note('sound');
      return done;
    },
    'console/test-tone': () => {
      settings.playTestTone();
      actions.note('test_tone');
      return done;
    },
    'console/back-to-live': ({ sittingId }) => {
      if (hall.sitting?.id !== sittingId) return OTHER_SITTING;
      hall.broadcast.goToLive(SMALLEST_DELAY_S);
      settings.goBackToLive();
      actions.note('back_to_live');
      return done;
    },
    'console/after-outage': ({ sittingId, choice }) => {
      if (hall.sitting?.id !== sittingId) return { ok: false, error: 'nothing_asked' };
      hall.broadcast.afterOutage.choose(choice);
      actions.note('after_outage', { sittingId, choice });
      return done;
    },
    'console/volume': (volume) => {
      settings.setVolume(volume);
      actions.note('volume', volume);
      return done;
    },
    'console/source': ({ sittingId, sourceId }) => {
      if (hall.sitting?.id !== sittingId) return OTHER_SITTING;
      const isKnown = sourceId === null || hall.plan?.sources.some((source) => source.id === sourceId) === true;
      if (!isKnown) return { ok: false, error: 'no_such_source' };
      hall.chosenSource.choose(sittingId, sourceId);
      actions.note('source', { sourceId });
      return done;
    },
    'console/stage-preview': () => ({ ok: true, ...preview.look() }),
    'console/identify-displays': () => {
      settings.identifyDisplays();
      actions.note('identify_displays');
      return done;
    },
    'console/swap-displays': () => {
      pc.swapDisplays();
      actions.note('swap_displays');
      return done;
    },
  };
}
