import { SoakFaults } from '../soak/faults.ts';
import type { Origin } from './origin.ts';
import type { Row } from './row.ts';

const EVERY_S = 45;
const STRIKES = 8;
/** Always the same night, so that two runs of the bench can be compared. */
const SEED = 48;

/** Row 48: hours of random faults in minutes. `npm run soak` is the same at its full length, with memory watched. */
export function buildSoakRows(origin: () => Origin): Row[] {
  const faults = new SoakFaults(SEED);
  const strikeWhenDue = (t: number) => {
    while (t >= 0 && faults.count < STRIKES && t >= faults.count * EVERY_S) faults.strike(origin());
  };
  return [
    {
      row: 48,
      name: `${STRIKES} random faults, one every ${EVERY_S} s (the soak in short)`,
      faultS: STRIKES * EVERY_S,
      stream: {
        windowS: 300,
        fault: (ask) => {
          strikeWhenDue(ask.t);
          return faults.action(ask);
        },
        bytes: (body, ask) => faults.bytes(body, ask),
        sequenceZero: () => faults.sequenceZero(),
        stampZero: (content) => faults.stampZero(content),
      },
      // Lost segments and restarts of the encoder cost their own two seconds each, and a standing half second.
      bar: { stallS: 0.5 * STRIKES, skippedS: 2.2 * STRIKES },
    },
  ];
}
