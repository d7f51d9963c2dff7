import { CHECKS, type CheckId } from '../../contract/checks.ts';
import type { AnyCheck } from './check.ts';
import { autostart } from './checks/autostart.ts';
import { browser } from './checks/browser.ts';
import { certificates } from './checks/certificates.ts';
import { clock } from './checks/clock.ts';
import { disk } from './checks/disk.ts';
import { displays } from './checks/displays.ts';
import { front } from './checks/front.ts';
import { lockdown } from './checks/lockdown.ts';
import { names } from './checks/names.ts';
import { sessionPackage } from './checks/package.ts';
import { picture } from './checks/picture.ts';
import { pins } from './checks/pins.ts';
import { power } from './checks/power.ts';
import { province } from './checks/province.ts';
import { proxy } from './checks/proxy.ts';
import { roster } from './checks/roster.ts';
import { scanner } from './checks/scanner.ts';
import { secondCopy } from './checks/second-copy.ts';
import { sleep } from './checks/sleep.ts';
import { sound } from './checks/sound.ts';
import { updates } from './checks/updates.ts';

const BY_ID: { [C in CheckId]: Extract<AnyCheck, { id: C }> } = {
  displays,
  picture,
  sound,
  clock,
  names,
  proxy,
  certificates,
  province,
  disk,
  power,
  sleep,
  autostart,
  pins,
  roster,
  scanner,
  package: sessionPackage,
  second_copy: secondCopy,
  browser,
  updates,
  front,
  lockdown,
};

/** Every check, in the order of the contract. */
export const CHECK_LIST: readonly AnyCheck[] = (Object.keys(CHECKS) as CheckId[]).map((id) => BY_ID[id]);
