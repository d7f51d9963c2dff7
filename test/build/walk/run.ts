/**
 * The newcomer's walk: `npm run walk -- [--deb FILE] [--displays 1|2] [--json FILE] [--pictures FOLDER]`. Needs Debian or Ubuntu, and
 * root because it installs. A person who has the .deb and a stick of the province installs it, starts it from its menu, loads the session
 * from the stick, has everything checked, signs people in, ends the sitting and sees the receipt: with the mouse alone, under Xorg, once with
 * two displays and once with one. Digits of the PIN on its pad are counted as keys. Everything is removed at the end.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkTexts } from '../../../electron/shared/checks/say-check.ts';
import { vi } from '../../../renderer/i18n/vi.ts';
import { listPracticePeople, typedForm, type PracticePerson } from '../../rehearsal/people.ts';
import { getDeb, installDeb, NAME, needTools } from '../proof/installed-deb.ts';
import { CleanUp } from '../proof/clean-up.ts';
import { DebProof } from '../proof/deb-proof.ts';
import { InstalledKiosk } from '../proof/installed-kiosk.ts';
import { must, waitFor } from '../proof/rows.ts';
import { Stick } from '../proof/stick.ts';
import { ProofUser } from '../proof/user.ts';
import { PIN, startOutside } from '../proof/venue.ts';
import { Xorg } from '../proof/xorg.ts';

const { values } = parseArgs({
  options: {
    deb: { type: 'string' },
    displays: { type: 'string' },
    json: { type: 'string' },
    pictures: { type: 'string', default: 'out/walk' },
  },
});
const TOOLS = ['xserver-xorg-core', 'xserver-xorg-video-dummy', 'x11-xserver-utils', 'openbox', 'xdotool', 'scrot'];
const MOST_CLICKS = 8;
const READY_S = 180;
const STICK_S = 3;
/** Looking at the list takes a moment by itself. */
const LOOK_S = 1;
const PEOPLE = 3;
const VERDICTS = checkTexts('vi').verdict;

const counts = values.displays === undefined ? [2, 1] : [Number(values.displays)];
if (counts.some((count) => count !== 1 && count !== 2)) {
  console.error('--displays takes 1 or 2');
  process.exit(2);
}
const proof = new DebProof('walk');
const { rows, cleanUp, temp } = proof;
await proof.run(async () => {
  const isThere = await rows.row('the package is installed', async () => {
    const deb = await getDeb(values.deb, temp);
    needTools(...TOOLS, 'dosfstools');
    return `${NAME} ${installDeb(deb)}`;
  });
  if (isThere) for (const count of counts) await walk(count as 1 | 2);
}, values.json);

/** Everything outside the kiosk is made for each walk, and ended before the next. */
async function walk(displays: 1 | 2): Promise<void> {
  const folder = path.join(temp, `displays-${displays}`);
  const ends = new CleanUp();
  cleanUp.add(() => ends.run());
  try {
    const outside = await startOutside(folder);
    ends.add(() => outside.stop());
    const user = new ProofUser();
    const xorg = new Xorg({ folder, user, displays });
    ends.add(() => xorg.stop());
    ends.add(() => user.remove());
    const stick = new Stick(folder, user);
    ends.add(() => stick.remove());
    await walkOn({ displays, outside, user, xorg, stick });
  } finally {
    await ends.run();
  }
}

interface Walk {
  displays: 1 | 2;
  outside: Awaited<ReturnType<typeof startOutside>>;
  user: ProofUser;
  xorg: Xorg;
  stick: Stick;
}

async function walkOn({ displays, outside, user, xorg, stick }: Walk): Promise<void> {
  const kiosk = await InstalledKiosk.of(user, 'session');
  const { hand } = kiosk;
  const on = displays === 2 ? 'two displays' : 'one display';
  let pictures = 0;
  const photograph = (name: string) => {
    pictures += 1;
    hand.picture(path.join(path.resolve(values.pictures), `${displays}-${pictures}-${name}.png`));
  };
  let startedAt = 0;
  const starts = await rows.row(`${on}: the menu entry opens the start screen`, async () => {
    await xorg.start();
    kiosk.needBrowser();
    await kiosk.startDesktop();
    startedAt = performance.now();
    const command = kiosk.startFromMenu();
    await kiosk.shows('lobby');
    await hand.sees('lobby', vi.lobby.load.none);
    photograph('lobby');
    return `Exec=${command}, ${seconds(startedAt).toFixed(1)} s`;
  });
  if (!starts) return;
  await rows.row(`${on}: a stick that is plugged in is listed within ${STICK_S} s`, async () => {
    const type = stick.write({ 'phien-hop.jws': outside.packageFile });
    const pluggedAt = performance.now();
    stick.plug();
    await hand.sees('lobby', outside.conference);
    const took = seconds(pluggedAt);
    must(took <= STICK_S + LOOK_S, `it took ${took.toFixed(1)} s`);
    photograph('stick');
    return `${type}, ${took.toFixed(1)} s with the looking`;
  });
  const loads = await rows.row(`${on}: one click shows what it would change, one opens the session`, async () => {
    await hand.click('lobby', outside.conference);
    await hand.sees('lobby', vi.lobby.sheet.title);
    photograph('sheet');
    await hand.click('lobby', vi.lobby.sheet.load);
    await kiosk.shows('session');
    await hand.sees('desk', vi.desk.step1);
    stick.pull();
    photograph('session');
    return `${hand.count.clicks} clicks, ${seconds(startedAt).toFixed(1)} s since the start; the stick is pulled out`;
  });
  if (!loads) return;
  await rows.row(`${on}: the stage lies ${displays === 2 ? 'on the projector' : 'behind the desk'}`, async () => {
    const [stage, desk] = [await hand.place('stage'), await hand.place('desk')];
    const facts = `stage ${stage?.width} px wide at ${stage?.left}, desk ${desk?.width} px wide at ${desk?.left}`;
    must(stage && desk && desk.left === 0 && stage.left === (displays === 2 ? desk.width : 0), facts);
    return facts;
  });
  await rows.row(`${on}: the checks end in “${VERDICTS.ready}”, in at most ${MOST_CLICKS} clicks`, async () => {
    await kiosk.openConsoleByMouse(PIN);
    await hand.click('console', vi.console.nav.checks);
    await hand.click('console', vi.checks.start);
    await hand.sees('console', vi.checks.again, 150_000);
    await hand.click('console', vi.checks.tone);
    await hand.click('console', vi.checks.heard, { exact: true });
    await hand.click('console', vi.checks.noScanner);
    const took = seconds(startedAt);
    const word = () => spokenWord(hand);
    photograph('checks');
    // What a person answered is shown a moment later.
    const isAnswered = async () => ((await hand.has('console', vi.checks.noScanner)) ? null : true);
    await waitFor('the answer', isAnswered, 30_000);
    const isReady = async () => ([VERDICTS.ready, VERDICTS.ready_with_remarks].includes(await word()) ? true : null);
    await waitFor('the word', isReady, 30_000).catch(async () => {
      throw new Error(`“${await word()}”: ${(await hand.text('console', '.check-todo-red')).replaceAll('\n', ' ')}`);
    });
    const { clicks, keys } = hand.count;
    must(clicks <= MOST_CLICKS, `${clicks} clicks`);
    must(took <= READY_S, `${took.toFixed(0)} s since the start are more than ${READY_S}`);
    const remarks = (await hand.text('console', '.checks-todo')).replaceAll('\n', ' ');
    console.log(`         left to look at: ${remarks || 'nothing'}`);
    return `“${await word()}” after ${clicks} clicks and ${keys} keys of the PIN's pad, ${took.toFixed(0)} s since the start`;
  });
  await rows.row(`${on}: a click on the next step of the remark, and the word is “${VERDICTS.ready}”`, async () => {
    const word = () => spokenWord(hand);
    const before = hand.count.clicks;
    if (await hand.has('console', vi.settings.autostart.turnOn))
      await hand.click('console', vi.settings.autostart.turnOn);
    // One display is a remark that stays: a hall has a projector.
    const wanted = displays === 2 ? VERDICTS.ready : VERDICTS.ready_with_remarks;
    const isThere = async () => ((await word()) === wanted ? true : null);
    await waitFor(`“${wanted}”`, isThere, 60_000).catch(async () => {
      throw new Error(`“${await word()}”: ${(await hand.text('console', '.checks-todo')).replaceAll('\n', ' ')}`);
    });
    photograph('ready');
    return `“${await word()}” after ${hand.count.clicks - before} more click`;
  });
  await rows.row(`${on}: ${PEOPLE} people sign in by mouse`, async () => {
    await hand.click('console', vi.console.bar.toDesk);
    for (const person of listPracticePeople(60).slice(0, PEOPLE)) await signIn(kiosk, person, photograph);
    const { signedIn, state } = await kiosk.sitting();
    must(signedIn === PEOPLE && state === 'live', `${signedIn} in the database, the sitting is ${state}`);
    return `${signedIn} in the database, the sitting is ${state}`;
  });
  await rows.row(`${on}: the sitting is ended by mouse, and the province's receipt is shown`, async () => {
    await kiosk.openConsoleByMouse(PIN);
    await kiosk.endSitting();
    const facts = await kiosk.receipt(PEOPLE, 120_000, outside.province);
    await hand.sees('console', vi.console.state.delivered);
    photograph('receipt');
    return facts;
  });
  await rows.row(`${on}: it ends whole`, () => kiosk.stop());
}

/** Letter keys on the desk until the person stands there, then the card, then “done”. */
async function signIn({ hand }: InstalledKiosk, person: PracticePerson, photograph: (name: string) => void) {
  const row = `${person.name}${vi.desk.bornIn.replace('{{year}}', String(person.birthYear))}`;
  const press = async (letters: string) => {
    for (const letter of letters.toUpperCase())
      await hand.click('desk', letter === ' ' ? vi.desk.keySpace : letter, { exact: true });
  };
  const isShown = async () => ((await hand.has('desk', row)) ? true : null);
  await hand.sees('desk', vi.desk.step1);
  await press(typedForm(person.name.split(' ').at(-1) ?? ''));
  try {
    await waitFor('the card', isShown, 6_000);
  } catch {
    // There are many of this name.
    await hand.click('desk', vi.desk.keyClear);
    await press(typedForm(person.name));
  }
  await hand.click('desk', row);
  await hand.sees('desk', vi.outcome.signed_in);
  photograph('signed-in');
  await hand.click('desk', vi.desk.done, { exact: true });
}

/** The one word of the checks as it is kept: the screen begins it with a capital letter. */
async function spokenWord(hand: InstalledKiosk['hand']): Promise<string> {
  const shown = await hand.text('console', '[data-testid="checks-word"]');
  return shown.charAt(0).toLowerCase() + shown.slice(1);
}

function seconds(since: number): number {
  return (performance.now() - since) / 1000;
}
