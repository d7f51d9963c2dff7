import { JOSE_TYPE } from '../../contract/report.ts';
import { SittingStatement } from '../../contract/sitting.ts';
import { problem, signed } from './intake-answers.ts';
import type { IntakeAnswer } from './intake-answers.ts';

/** What the province knows of a sitting; moments are epoch ms. */
export interface HeldSitting {
  conferenceId: string;
  sittingId: string;
  startsAt: number;
  /** When the centre finishes, or finished; null while that is open. */
  finishedAt: number | null;
}

/** What the province says of sittings: nothing of one that it does not know. Kept in memory only. */
export class IntakeSittings {
  readonly #held = new Map<string, HeldSitting>();
  readonly #sign: (typ: string, content: unknown) => Promise<string>;
  readonly #now: () => number;

  constructor(options: { sign: (typ: string, content: unknown) => Promise<string>; now: () => number }) {
    this.#sign = options.sign;
    this.#now = options.now;
  }

  hold(sitting: HeldSitting): void {
    this.#held.set(`${sitting.conferenceId}/${sitting.sittingId}`, sitting);
  }

  /** Answers `/v1/conferences/{conferenceId}/sittings/{sittingId}`. */
  async answer(method: string | undefined, conferenceId: string, sittingId: string): Promise<IntakeAnswer> {
    if (method !== 'GET') return problem('method-not-allowed', 'GET only', { allow: 'GET' });
    const sitting = this.#held.get(`${conferenceId}/${sittingId}`);
    if (!sitting) return problem('not-found', 'nothing is said of such a sitting');
    const now = this.#now();
    const finishedAt = sitting.finishedAt !== null && now >= sitting.finishedAt ? sitting.finishedAt : null;
    const statement = SittingStatement.parse({
      format: 'sitting-statement/1',
      conferenceId,
      sittingId,
      state: finishedAt !== null ? 'finished' : now >= sitting.startsAt ? 'live' : 'scheduled',
      ...(finishedAt === null ? {} : { finishedAt: new Date(finishedAt).toISOString() }),
      issuedAt: new Date(now).toISOString(),
    });
    return signed(200, await this.#sign(JOSE_TYPE.sittingStatement, statement));
  }
}
