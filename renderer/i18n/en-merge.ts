import type { viMerge } from './vi-merge.ts';
import type { SameShape } from './same-shape.ts';

export const enMerge: SameShape<typeof viMerge> = {
  merge: {
    title: 'Are these two entries one person?',
    stays: 'Entry kept:',
    goes: 'Entry merged into it:',
    as: { both: 'If both count:', kept: 'If only the kept entry counts:' },
    both: 'Merge, count both',
    kept: 'Merge, count the kept entry only',
    not: 'Do not merge',
    nothing: 'no records',
    arrived: 'came at {{time}}',
    left: 'left at {{time}}',
    confirmed: 'seen in {{n}} roll calls',
    status: {
      present: 'present',
      late: 'late',
      left_early: 'left early',
      substituted: 'somebody sits for them',
      absent_excused: 'absent, excused',
      absent_unexcused: 'absent',
      awaited: 'not here yet',
    },
    numbers: 'summoned {{summoned}} → {{summonedAfter}}, came {{came}} → {{cameAfter}}',
    over: '{{n}} sittings that are over keep their list and their figures.',
    over_one: '{{n}} sitting that is over keeps its list and its figures.',
    hint: 'The attendance log is not changed. The merge can be taken back.',
  },
};
