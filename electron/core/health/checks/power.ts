import { listSystemFolder, readSystemFile, type Machine } from '../machine.ts';
import type { Check, Found } from '../check.ts';

const SUPPLIES = '/sys/class/power_supply';

/** Mains or battery. Linux: the kernel's list of supplies. A PC without any is one that has only a plug. */
export const power: Check<'power'> = {
  id: 'power',
  run({ machine }) {
    if (machine.platform === 'linux') return readLinux(machine);
    return machine.platform === 'win32' ? readWindows(machine) : { word: 'unknown' };
  },
};

async function readLinux(machine: Machine): Promise<Found<'power'>> {
  const supplies = await Promise.all(
    (await listSystemFolder(machine, SUPPLIES)).map(async (name) => {
      const read = (field: string) => readSystemFile(machine, `${SUPPLIES}/${name}/${field}`);
      const [type, scope, online, status, capacity] = await Promise.all(
        ['type', 'scope', 'online', 'status', 'capacity'].map(read),
      );
      return { type, scope, online, status, capacity };
    }),
  );
  // Mice and keyboards have batteries as well.
  const ofThePc = supplies.filter(({ scope }) => scope !== 'Device');
  const batteries = ofThePc.filter(({ type }) => type === 'Battery' || type === 'UPS');
  const isPlugged = ofThePc.some(({ type, online }) => type !== 'Battery' && type !== 'UPS' && online === '1');
  if (isPlugged || batteries.length === 0) return { word: 'mains' };
  const draining = batteries.find(({ status }) => status === 'Discharging');
  const hasPlug = ofThePc.some(({ online }) => online === '0');
  if (!draining && !hasPlug) return { word: 'mains' };
  return { word: 'battery', facts: { percent: Number((draining ?? batteries[0])?.capacity ?? 0) } };
}

/** Never run on a real Windows. */
async function readWindows(machine: Machine): Promise<Found<'power'>> {
  const query =
    '(Get-CimInstance Win32_Battery | ForEach-Object { "$($_.BatteryStatus) $($_.EstimatedChargeRemaining)" })';
  const said = await machine.run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', query]);
  if (said?.status !== 0) return { word: 'unknown' };
  const [first = ''] = said.out.trim().split(/\r?\n/u);
  if (first === '') return { word: 'mains' };
  const [status = '', percent = '0'] = first.split(' ');
  // Win32_Battery: 1 is discharging, 4 and 5 are low and critical.
  return ['1', '4', '5'].includes(status)
    ? { word: 'battery', facts: { percent: Number(percent) } }
    : { word: 'mains' };
}
