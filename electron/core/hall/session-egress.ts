import type { SessionPackage } from '../../contract/session-package.ts';
import { createEgress, type Egress } from '../network/egress.ts';
import type { MoveMemory } from '../network/moved-addresses.ts';
import type { Clock } from '../store/clock.ts';
import type { PcSettings } from './pc-settings.ts';

/** What is on its way by the old proxy may still arrive for so long, ms. */
const LET_FINISH_MS = 20_000;

/** Servers that a session needs: its province and its broadcast. */
export function listServersOf({ delivery, sittings }: Pick<SessionPackage, 'delivery' | 'sittings'>): string[] {
  return [
    ...(delivery.endpoint === undefined ? [] : [delivery.endpoint]),
    ...sittings.flatMap((plan) => plan.sources.map(({ url }) => url)),
  ];
}

/**
 * How requests of a session leave the PC: with the authority that its package names, and by the proxy of PC or package. Another
 * proxy counts from the next request on; cookies of the old way are forgotten with it.
 */
export function createSessionEgress(
  document: SessionPackage,
  { clock, moves, settings }: { clock: Clock; moves?: MoveMemory; settings: PcSettings },
): Egress {
  const others = listServersOf(document);
  const network = () => settings.networkOf(document.delivery, others);
  const create = (): Egress =>
    createEgress({ ...network(), others, ...(moves ? { moves } : {}), now: () => clock.now() });
  let { proxy } = network();
  let current = create();
  const finishing = new Map<Egress, NodeJS.Timeout>();
  const stopListening = settings.changed.on(() => {
    const wanted = network().proxy;
    if (wanted === proxy) return;
    const old = current;
    proxy = wanted;
    current = create();
    const timer = setTimeout(() => {
      finishing.delete(old);
      void old.stop();
    }, LET_FINISH_MS);
    finishing.set(old, timer);
  });
  return {
    fetch: (url, init) => current.fetch(url, init),
    stop: async () => {
      stopListening();
      for (const timer of finishing.values()) clearTimeout(timer);
      await Promise.all([current, ...finishing.keys()].map((egress) => egress.stop()));
    },
  };
}
