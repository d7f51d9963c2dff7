import type { Note } from '../ui/tones.ts';
import type { OutcomeName } from './flow.ts';

/**
 * One sound for each outcome, recognised without looking: rising for success, two equal soft notes for "already",
 * falling for a refusal, low and long for a fault. Names match the outcome codes of the contract.
 */
export const OUTCOME_SOUNDS: Record<OutcomeName | 'help', readonly Note[]> = {
  signed_in: [
    { hz: 659, atS: 0, forS: 0.14 },
    { hz: 880, atS: 0.12, forS: 0.14 },
    { hz: 1319, atS: 0.24, forS: 0.32 },
  ],
  confirmed: [
    { hz: 659, atS: 0, forS: 0.14 },
    { hz: 988, atS: 0.12, forS: 0.3 },
  ],
  already_signed_in: [
    { hz: 784, atS: 0, forS: 0.16 },
    { hz: 784, atS: 0.22, forS: 0.22 },
  ],
  not_on_list: [
    { hz: 523, atS: 0, forS: 0.22, wave: 'triangle' },
    { hz: 392, atS: 0.24, forS: 0.4, wave: 'triangle' },
  ],
  wrong_venue: [
    { hz: 392, atS: 0, forS: 0.16, wave: 'triangle' },
    { hz: 523, atS: 0.18, forS: 0.16, wave: 'triangle' },
    { hz: 392, atS: 0.36, forS: 0.34, wave: 'triangle' },
  ],
  unreadable: [
    { hz: 220, atS: 0, forS: 0.09, wave: 'square', gain: 0.09 },
    { hz: 220, atS: 0.14, forS: 0.09, wave: 'square', gain: 0.09 },
    { hz: 220, atS: 0.28, forS: 0.09, wave: 'square', gain: 0.09 },
  ],
  not_open: [{ hz: 440, atS: 0, forS: 0.5 }],
  closed: [
    { hz: 440, atS: 0, forS: 0.2 },
    { hz: 330, atS: 0.22, forS: 0.5 },
  ],
  unreachable: [
    { hz: 165, atS: 0, forS: 0.35, wave: 'sawtooth', gain: 0.12 },
    { hz: 139, atS: 0.4, forS: 0.6, wave: 'sawtooth', gain: 0.12 },
  ],
  help: [
    { hz: 988, atS: 0, forS: 0.2 },
    { hz: 784, atS: 0.24, forS: 0.2 },
    { hz: 988, atS: 0.48, forS: 0.2 },
    { hz: 784, atS: 0.72, forS: 0.36 },
  ],
};
