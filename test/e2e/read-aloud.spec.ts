import type { Page } from '@playwright/test';
import { vi } from '../../renderer/i18n/vi.ts';
import { createOpenView } from '../support/fake-core-views.ts';
import { expect, test } from '../support/window-test.ts';

/** What the page asked the browser to speak, and `cancel` for each time it was silenced. */
const heard = (page: Page): Promise<string[]> =>
  page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);

/** A browser with these voices, which never ends a sentence by itself. */
async function giveVoices(page: Page, langs: string[]): Promise<void> {
  await page.addInitScript((given: string[]) => {
    const said: string[] = [];
    const target = new EventTarget();
    class Utterance {
      readonly text: string;
      voice: { lang: string } | null = null;
      constructor(text: string) {
        this.text = text;
      }
    }
    Object.defineProperty(target, 'getVoices', {
      value: () => given.map((lang) => ({ lang, localService: true, name: lang })),
    });
    Object.defineProperty(target, 'speak', {
      value: ({ text, voice }: Utterance) => said.push(`${voice?.lang ?? 'none'}: ${text}`),
    });
    Object.defineProperty(target, 'cancel', { value: () => said.push('cancel') });
    Object.defineProperty(globalThis, 'speechSynthesis', { value: target });
    Object.defineProperty(globalThis, 'SpeechSynthesisUtterance', { value: Utterance });
    Object.assign(globalThis, { heard: said });
  }, langs);
}

test('the desk asks a Vietnamese voice for name and outcome, also in English, and is silent for the next person', async ({
  page,
  core,
}) => {
  await giveVoices(page, ['en-US', 'vi-VN']);
  core.desk({ readAloud: true, language: 'en' });
  await page.goto(`${core.url}/desk/`);
  await page.locator('.search-field input').waitFor();
  await page.keyboard.type('duc');
  const card = page.locator('button.person').first();
  const name = await card.locator('.person-name').textContent();
  await card.click();
  await expect(page.getByTestId('outcome')).toHaveAttribute('data-outcome', 'signed_in');
  const sentence = `vi-VN: ${name}. ${vi.outcome.signed_in}.`;
  await expect.poll(() => heard(page)).toEqual([sentence]);
  core.answer('desk/sign-in', { ok: false, error: 'not_on_list' });
  await page.keyboard.press('Escape');
  await expect.poll(() => heard(page)).toEqual([sentence, 'cancel']);
  await page.keyboard.type('duc');
  await page.locator('button.person').first().click();
  const hint = vi.outcome.notOnListHint.replace('{{you}}', vi.address.dong_chi);
  await expect.poll(async () => (await heard(page)).at(-1)).toBe(`vi-VN: ${vi.outcome.not_on_list}. ${hint}`);
});

test('nothing is asked of the browser while it is switched off, and an outcome needs no voice', async ({
  page,
  core,
}) => {
  await giveVoices(page, ['vi-VN']);
  core.desk({ readAloud: false });
  await page.goto(`${core.url}/desk/`);
  await page.locator('.search-field input').waitFor();
  await page.keyboard.type('duc');
  await page.locator('button.person').first().click();
  await expect(page.getByTestId('outcome')).toBeVisible();
  expect(await heard(page)).toEqual([]);
});

test('it is switched on in the settings where there is a voice; where there is none the card says so and offers no switch', async ({
  page,
  core,
  context,
}) => {
  core.console({ locked: false, role: 'technician', open: createOpenView(Date.now()) });
  await giveVoices(page, ['vi-VN']);
  await page.goto(`${core.url}/console/`);
  await page.getByRole('button', { name: vi.settings.open }).click();
  await page.getByRole('button', { name: vi.voice.try }).click();
  expect(await heard(page)).toEqual([`vi-VN: ${vi.voice.sample}`]);
  await page.getByRole('button', { name: vi.voice.turnOn }).click();
  const sent = () => core.calls.filter(({ name }) => name === 'settings/read-aloud').map(({ input }) => input);
  await expect.poll(sent).toEqual([{ on: true }]);

  const without = await context.newPage();
  await giveVoices(without, ['en-US']);
  await without.goto(`${core.url}/console/`);
  await without.getByRole('button', { name: vi.settings.open }).click();
  await expect(without.getByText(vi.voice.noVoice)).toBeVisible();
  await expect(without.getByText(vi.voice.howToGetOne)).toBeVisible();
  await expect(without.getByRole('button', { name: vi.voice.turnOn })).toHaveCount(0);
});
