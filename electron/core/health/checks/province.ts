import type { Check } from '../check.ts';

/** The way that a report will take, with the method that it will use. */
export const province: Check<'province'> = {
  id: 'province',
  limitMs: 45_000,
  async run({ checkProvince, signal, session }) {
    if (session.document.delivery.receiver === 'none') return { word: 'none_here' };
    const { reach, cause, host, tookMs, methodBlocked } = await checkProvince(signal);
    const facts = { host, seconds: tookMs / 1000 };
    if (reach === 'busy') return { word: 'busy', facts };
    if (reach !== 'ok') return { word: 'fails', facts: { ...facts, cause: cause ?? 'bad_answer' } };
    return { word: methodBlocked ? 'method_blocked' : 'open', facts };
  },
};
