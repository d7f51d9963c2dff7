import { readAutostart } from '../../hall/autostart-entry.ts';
import { readSystemFile, type Machine } from '../machine.ts';
import type { Check } from '../check.ts';

const LOGIN_FILE = '/etc/lightdm/lightdm.conf.d/90-venue-kiosk.conf';

/** Whether the kiosk opens when this user logs in, and whether what the entry names is still there. */
export const autostart: Check<'autostart'> = {
  id: 'autostart',
  async run({ machine }) {
    if (machine.platform === 'linux' && (await logsInByItself(machine))) return { word: 'on' };
    const { state, program } = await readAutostart(machine);
    return state === 'broken' ? { word: state, facts: { program } } : { word: state };
  },
};

/** A session that is nothing but the kiosk (lockdown). */
async function logsInByItself(machine: Machine): Promise<boolean> {
  const login = await readSystemFile(machine, LOGIN_FILE);
  return login !== null && /^autologin-session=venue-kiosk$/mu.test(login);
}
