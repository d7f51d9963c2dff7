import type { Check } from '../check.ts';

/** What a person in the hall said of the test tone. */
export const sound: Check<'sound'> = {
  id: 'sound',
  run({ stage, answers }) {
    const device = stage.soundDevice() ?? '';
    if (stage.isSoundDeviceLost()) return { word: 'device_lost', facts: { device } };
    const { sound: answer } = answers;
    if (!answer) return { word: 'not_asked', facts: { device } };
    return { word: answer.heard ? 'heard' : 'not_heard', facts: { device, heardAt: answer.at } };
  },
};
