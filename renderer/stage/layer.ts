import type { StageView } from '../../electron/contract/api.ts';
import { unreachable } from '../../electron/shared/result.ts';

/** What covers the stage. `picture` covers nothing: the player below is seen. */
export type Layer =
  | { layer: 'picture' }
  /** Nothing known yet: the core has not spoken since this window loaded. */
  | { layer: 'starting' }
  | { layer: 'countdown'; title: string; startsAt: number }
  /** The broadcast has not begun, or there is none for this sitting. */
  | { layer: 'waiting'; reason: 'no_signal' | 'no_source' }
  /** There was a picture and it is gone. */
  | { layer: 'held'; cause: 'centre' | 'unknown' }
  | { layer: 'ended' }
  | { layer: 'break'; next: { title: string; startsAt: number } | null }
  | { layer: 'closing' };

/** What the stage's own player knows of the picture. */
export interface PictureState {
  /** Frames are moving now. */
  shown: boolean;
  /** Frames have moved since this broadcast began. */
  seen: boolean;
}

/** Decides what the hall sees; pure. The picture is never covered while it moves. */
export function chooseLayer(view: StageView | null, picture: PictureState): Layer {
  if (!view) return { layer: 'starting' };
  switch (view.scene) {
    case 'countdown': {
      const coming = view.sitting ?? view.nextSitting;
      return coming
        ? { layer: 'countdown', title: coming.title, startsAt: coming.startsAt }
        : { layer: 'waiting', reason: 'no_signal' };
    }
    case 'broadcast':
      if (picture.shown) return { layer: 'picture' };
      if (view.sources.length === 0) return { layer: 'waiting', reason: 'no_source' };
      if (view.source === 'ended' || view.sitting?.ending)
        return picture.seen ? { layer: 'ended' } : { layer: 'waiting', reason: 'no_signal' };
      if (!picture.seen) return { layer: 'waiting', reason: 'no_signal' };
      return { layer: 'held', cause: view.source === 'stale' ? 'centre' : 'unknown' };
    case 'break':
      return { layer: 'break', next: view.nextSitting };
    case 'closing':
      return { layer: 'closing' };
    default:
      return unreachable(view.scene);
  }
}
