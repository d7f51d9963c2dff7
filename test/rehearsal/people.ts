import type { ElementHandle, Page } from 'puppeteer-core';
import type { DeskView, SignInAnswer } from '../../electron/contract/api.ts';
import { makePracticeRoster } from '../../electron/core/rehearsal/practice-roster.ts';

export interface PracticePerson {
  id: string;
  name: string;
  birthYear: number;
  unit: string;
}

/** The people of the practice roster, in its order. */
export function listPracticePeople(count: number): PracticePerson[] {
  const { roster, units } = makePracticeRoster(count);
  const names = new Map(units.map((u) => [u.id, u.name]));
  return roster.map((r) => ({
    id: r.id,
    name: r.name,
    birthYear: r.birthYear ?? 0,
    unit: names.get(r.unitId ?? '') ?? '',
  }));
}

/** What an old person's relative would type: small letters without marks. */
export function typedForm(name: string): string {
  return name.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[đĐ]/gu, 'd').toLowerCase();
}

/** Signs one person in as people do: letters on the keyboard, the right card, then the big confirmation. */
export async function signInOnScreen(desk: Page, person: PracticePerson): Promise<string> {
  await desk.bringToFront();
  await desk.keyboard.press('Escape');
  await desk.waitForSelector('[data-testid=outcome]', { hidden: true, timeout: 8_000 });
  await desk.waitForSelector('.search-field input', { timeout: 8_000 });
  await desk.$eval('.search-field input', (input) => input.focus());
  await desk.keyboard.type(typedForm(person.name), { delay: 15 });
  await pressCard(desk, person);
  const outcome = await desk.waitForSelector('[data-testid=outcome]', { visible: true, timeout: 8_000 });
  const name = (await outcome?.evaluate((element) => element.getAttribute('data-outcome'))) ?? 'none';
  return name;
}

/** Touches the person's card; the list may still be changing under the finger, then it is touched again. */
async function pressCard(desk: Page, person: PracticePerson): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const card = await desk.waitForFunction(
      (name: string, year: string, unit: string) =>
        [...document.querySelectorAll<HTMLButtonElement>('button.person')].find((button) => {
          const textOf = (part: string): string => button.querySelector(part)?.textContent ?? '';
          return (
            textOf('.person-name') === name &&
            textOf('.person-born').includes(year) &&
            textOf('.person-facts').includes(unit)
          );
        }),
      { timeout: 8_000 },
      person.name,
      String(person.birthYear),
      person.unit,
    );
    try {
      await (card.asElement() as ElementHandle | null)?.click();
      return;
    } catch (cause) {
      if (attempt === 3) throw cause;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/** Signs people in through the desk's own API, from inside its page and with its cookie. */
export async function signInByApi(desk: Page, ids: readonly string[]): Promise<SignInAnswer[]> {
  return desk.evaluate(async (people: readonly string[]) => {
    const answers: SignInAnswer[] = [];
    // The sitting the hall is in, from the first view pushed.
    const sittingId = await new Promise<string>((resolve) => {
      const source = new EventSource('api/events');
      source.addEventListener('view', (event: MessageEvent<string>) => {
        source.close();
        resolve((JSON.parse(event.data) as DeskView).sitting?.id ?? '');
      });
    });
    for (const personId of people) {
      const answer = await fetch('api/sign-in', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ sittingId, personId, method: 'list' }),
      });
      answers.push((await answer.json()) as SignInAnswer);
    }
    return answers;
  }, ids);
}
