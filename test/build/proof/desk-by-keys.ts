import { listPracticePeople, typedForm } from '../../rehearsal/people.ts';
import type { InstalledKiosk } from './installed-kiosk.ts';
import { must, waitFor } from './rows.ts';
import type { ProofUser } from './user.ts';

/** More than any row signs in. */
const PEOPLE = 40;

/** A keyboard at the desk of a rehearsal. */
export class DeskByKeys {
  readonly #user: ProofUser;
  readonly #kiosk: InstalledKiosk;
  readonly #people = listPracticePeople(PEOPLE);
  #signedIn = 0;

  constructor(user: ProofUser, kiosk: InstalledKiosk) {
    this.#user = user;
    this.#kiosk = kiosk;
  }

  /** Signs so many more people in: letters, arrow, Enter. Waits until the database has them; how many it has. */
  async signIn(count: number): Promise<number> {
    for (let i = 0; i < count; i += 1) {
      const person = this.#people[this.#signedIn];
      must(person, 'nobody is left to sign in');
      await this.#signInOne(typedForm(person.name), this.#signedIn + 1);
      this.#signedIn += 1;
    }
    return (await this.#kiosk.sitting()).signedIn;
  }

  /** Tries again what a slow screen swallowed. */
  async #signInOne(letters: string, wanted: number): Promise<void> {
    // `type` takes the rest of its line for letters, so each step is a line of its own.
    const keys = [`type --delay 60 '${letters}'`, 'sleep 1.5', 'key Down', 'sleep 0.5', 'key Return'];
    for (let attempt = 1; ; attempt += 1) {
      this.#user.run(keys.map((step) => `xdotool ${step}`).join('; '));
      try {
        const isThere = async () => ((await this.#kiosk.sitting()).signedIn >= wanted ? true : null);
        await waitFor(`sign-in ${wanted}`, isThere, 15_000);
        // The confirmation goes, and the search is empty for the next.
        this.#user.run('xdotool sleep 0.5; xdotool key Escape; xdotool sleep 0.7');
        return;
      } catch (cause) {
        if (attempt === 6) throw cause;
        // Not with Escape: in a page that is still loading it stops the loading.
        this.#user.run('xdotool key --repeat 40 --delay 20 BackSpace; xdotool sleep 0.7');
      }
    }
  }
}
