import { z } from 'zod';
import type { ShellFacts } from '../../contract/shell.ts';
import { assert } from '../../shared/result.ts';
import { Pins } from '../access/pins.ts';
import type { Hall } from '../hall/hall.ts';
import { readHallFacts } from '../hall/hall-facts.ts';
import type { HallLog } from '../hall/hall-log.ts';
import type { Pc } from '../hall/pc.ts';
import type { Province } from '../hall/province.ts';
import type { NetworkOptions } from '../network/dispatcher.ts';
import type { RosterImports } from '../provisioning/roster-import.ts';
import type { Store } from '../store/store.ts';
import type { CheckNetwork, CheckRecords, CheckStage } from './check.ts';
import { DecodeTrials } from './decode-trials.ts';
import { Health } from './health.ts';
import { thisMachine, type Machine } from './machine.ts';

const ChosenSound = z.object({ label: z.string() });

export interface CreateHealthOptions {
  store: Store;
  hall: Hall;
  province: Province;
  imports: RosterImports;
  pc: Pc;
  /** How requests leave the PC now. */
  network: () => NetworkOptions & Pick<CheckNetwork, 'isChosen'>;
  /** Null when the shell does not answer; absent where there is none. */
  askShell?: (() => Promise<ShellFacts | null>) | undefined;
  /** This PC when absent. */
  machine?: Machine | undefined;
  /** Folder of the database. */
  dataDir: string;
  random: () => number;
  log: HallLog;
}

/** The checks before the hour around one session: what each of them asks, from the rooms that know it. */
export function createHealth(options: CreateHealthOptions): Health {
  const { store, hall, province, pc, log } = options;
  const { session } = hall;
  const trials = new DecodeTrials();
  return new Health({
    store,
    session,
    hall,
    network: options.network,
    checkProvince: (signal) => province.checkSending(signal),
    stage: createStage(options, trials),
    trials,
    records: createRecords(options, () => pc.alarms),
    random: options.random,
    askShell: options.askShell ?? (() => Promise.resolve(null)),
    machine: options.machine ?? thisMachine(),
    dataDir: options.dataDir,
    log,
  });
}

function createStage({ hall, store }: CreateHealthOptions, trials: DecodeTrials): CheckStage {
  return {
    isPlaying: () => hall.sitting?.state === 'live' && hall.evidence.current()?.state === 'playing',
    isSoundDeviceLost: () => hall.evidence.listAlarms().includes('audio_device_lost'),
    soundDevice: () => store.settings.getSetting('sound', ChosenSound)?.label || null,
    // One that says nothing of itself is not there.
    decode: async (sources, signal) => (hall.evidence.current() === null ? null : trials.ask(sources, signal)),
  };
}

function createRecords({ store, hall, imports }: CreateHealthOptions, alarms: CheckRecords['alarms']): CheckRecords {
  const { session } = hall;
  const pins = new Pins(store, session.packageId);
  return {
    isPinSet: (role) => pins.isSet(role),
    roster() {
      assert(hall.sitting, 'a package has sittings');
      const register = hall.register(hall.sitting.id);
      const lastImport = store.rosters.list(session.packageId).find(({ state }) => state === 'applied');
      return {
        hasRoster: register.hasRoster,
        summoned: register.getTotals().summoned,
        damaged: store.listDamages().filter(({ table }) => table === 'person').length,
        listAt: Math.max(session.issuedAt, lastImport?.at ?? 0),
      };
    },
    async countDoubles() {
      const answer = await imports.listDoubles();
      return answer.ok ? answer.groups.length : 0;
    },
    hallFacts: () => (hall.sitting ? readHallFacts(store, session, hall.sitting) : {}),
    alarms,
  };
}
