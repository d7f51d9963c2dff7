import type { SameShape } from './same-shape.ts';
import type { viStage } from './vi-stage.ts';

/** Words of the screen of the hall. */
export const enStage: SameShape<typeof viStage> = {
  stage: {
    startsIn: 'Until the opening',
    startsAt: 'Starts at {{time}}',
    startingNow: 'About to start',
    startingNowHint: 'Please take your seats.',
    waitingTitle: 'Waiting for the signal from the centre',
    waitingHint: 'The picture appears by itself when the centre starts.',
    heldTitle: 'The signal is interrupted',
    heldHint: 'It is being restored. Please stay seated; the programme goes on as soon as the signal is back.',
    heldCentre: 'The centre has paused the broadcast. It goes on by itself.',
    noSourceTitle: 'Please follow the conference',
    noSourceHint: 'The picture of this sitting comes from another device.',
    endingTitle: 'The sitting is over',
    breakTitle: 'Break between two sittings',
    breakNext: 'Next sitting',
    breakIn: 'In',
    clockNote: 'Technician: the date or time of this PC seems wrong and must be set.',
    deskBehind:
      'Only one screen is left. The sign-in desk is behind this one: press F8, or move the mouse and hold the button in the corner.',
    helpBehind:
      'Somebody at the sign-in desk asks for the secretary: press F8, or move the mouse and hold the button in the corner.',
    closingTitle: 'The conference is over',
    closingThanks: 'Thank you for attending.',
  },
};
