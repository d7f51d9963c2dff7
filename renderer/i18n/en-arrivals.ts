import type { SameShape } from './same-shape.ts';
import type { viArrivals } from './vi-arrivals.ts';

export const enArrivals: SameShape<typeof viArrivals> = {
  parts: 'View',
  part: { units: 'By unit', arrivals: 'By time' },
  none: 'Nobody has signed in yet.',
  most: 'People who came in each five minutes, of every kind. Most from {{from}} to {{to}}: {{people}} people.',
  most_one: 'People who came in each five minutes, of every kind. Most from {{from}} to {{to}}: {{people}} person.',
  later: 'after {{time}}',
  spoken: 'How many people came in each five minutes. {{steps}}.',
};
