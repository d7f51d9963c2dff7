import type { SessionPackage } from '../../contract/session-package.ts';
import { createEgress, type Egress } from '../network/egress.ts';
import type { MoveMemory } from '../network/moved-addresses.ts';
import type { Clock } from '../store/clock.ts';

/** How requests of a session leave the PC: by the proxy and with the authority that its package names. */
export function createSessionEgress(
  { delivery, sittings }: SessionPackage,
  { clock, moves }: { clock: Clock; moves?: MoveMemory },
): Egress {
  const { proxy, certificateAuthority } = delivery;
  return createEgress({
    ...(proxy ? { proxy } : {}),
    ...(certificateAuthority ? { certificateAuthority } : {}),
    others: [
      ...(delivery.endpoint === undefined ? [] : [delivery.endpoint]),
      ...sittings.flatMap((plan) => plan.sources.map(({ url }) => url)),
    ],
    ...(moves ? { moves } : {}),
    now: () => clock.now(),
  });
}
