/** A process that starts and stops a core and then has nothing left to do: it must end by itself. */
import { withCore } from './with-core.ts';

await withCore({ people: 5, sources: [{ id: 'a', url: 'http://127.0.0.1:9/live.m3u8' }] }, async (world) => {
  const stream = await fetch(`${world.origin}/desk/api/events`, {
    headers: { authorization: `Bearer ${world.tokens.desk}` },
  });
  const reader = stream.body?.getReader();
  await reader?.read();
  await world.ask('console/unlock', { pin: '123456', role: 'technician' });
  await world.ask('console/end-sitting', { sittingId: world.core.hall.sitting?.id ?? '' });
  await world.until('delivery', () => world.intake.listReports().length === 1);
});
process.stdout.write('stopped\n');
