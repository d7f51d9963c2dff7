import type { Check } from '../check.ts';

const DAY_MS = 86_400_000;
const OLD_DAYS = 30;

/** The session package: its sittings, its signature and its age. */
export const sessionPackage: Check<'package'> = {
  id: 'package',
  run({ session, records, now }) {
    const lastAt = Math.max(...session.document.sittings.map(({ endsAt }) => Date.parse(endsAt)));
    if (lastAt < now()) return { word: 'over', facts: { lastAt } };
    if (session.provenance === 'rehearsal') return { word: 'rehearsal' };
    if (records.alarms().includes('package_file_bad')) return { word: 'file_bad' };
    const admitted = records.hallFacts().trust?.admitted;
    if (admitted === 'by_person') return { word: 'by_person' };
    if (session.provenance === 'unsigned') return { word: 'unsigned' };
    const days = Math.floor((now() - session.issuedAt) / DAY_MS);
    const facts = { days, issuedAt: session.issuedAt };
    return { word: days > OLD_DAYS ? 'old' : 'signed', facts };
  },
};
