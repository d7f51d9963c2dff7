import { createHash } from 'node:crypto';
import type { AmendAnswer, AmendmentView, ReportChange, SealAmendmentAnswer } from '../../contract/api-report.ts';
import type { SessionReport } from '../../contract/report.ts';
import { assert } from '../../shared/result.ts';
import type { SittingRecord } from '../../contract/sitting.ts';
import type { Store } from '../store/store.ts';
import { canonicalBytes } from './canonical.ts';
import { diffReports } from './diff-reports.ts';
import type { Amendment } from './reopenings.ts';

export interface AmendmentsOptions {
  store: Store;
  /** The report as it would be sealed now. */
  draft(sitting: SittingRecord): SessionReport;
  /** Seals the next revision, after any other sealing; null when the sitting is no longer in amendment by then. */
  seal(sitting: SittingRecord, amendment: Amendment): Promise<{ revision: number } | null>;
  /** The sitting's state changed. */
  onStep(): void;
}

/**
 * Corrects a report that is sealed already. The sealed bytes never change: an amendment moves the sitting to `amended`,
 * where the secretary's commands are taken again, and ends with another revision, or with nothing when nothing was
 * changed. All its state is stored, so a power cut in the middle finds it open.
 */
export class Amendments {
  readonly #options: AmendmentsOptions;

  constructor(options: AmendmentsOptions) {
    this.#options = options;
  }

  /** The amendment under way, with what it has changed; null when there is none. */
  getView(sitting: SittingRecord): AmendmentView | null {
    if (sitting.state !== 'amended') return null;
    const notes = this.#options.store.reports.getNotes(sitting.id);
    const changes = this.#listChanges(sitting);
    return {
      since: notes.amendment?.since ?? sitting.sealedAt ?? 0,
      changes,
      cancellable: notes.amendment?.baseline === digestOf(changes),
    };
  }

  /** Opens a sealed or delivered report for corrections; one that is open already goes on. `by` is whose PIN opened the console. */
  begin(sittingId: string, by: 'technician' | 'chair', cause: 'correction' | 'sign_off' = 'correction'): AmendAnswer {
    const { store } = this.#options;
    const sitting = store.sittings.getSitting(sittingId);
    if (!sitting) return { ok: false, error: 'no_such_report' };
    if (store.retention.isDestroyed(sitting.packageId)) return { ok: false, error: 'data_destroyed' };
    if (sitting.state === 'sealed' || sitting.state === 'delivered') {
      // Sign-off or remarks may stand there already, given after the sealing: they are no work of this amendment.
      const baseline = digestOf(this.#listChanges(sitting));
      const at = store.clock.now();
      const newest = store.reports.getLastRevision(sitting.reportId);
      const returned = store.outbox.getStatus({ reportId: sitting.reportId, revision: newest })?.state === 'returned';
      const why = {
        at,
        cause: returned && cause === 'correction' ? ('province_return' as const) : cause,
        by: { role: by, name: null },
        reason: null,
      };
      const begun = store.reports.recordOpening(sitting.id, why, () => {
        if (!store.sittings.recordStep(sitting.id, sitting.state, 'amended')) return false;
        store.reports.setNotes(sitting.id, { amendment: { since: at, by, baseline } });
        return true;
      });
      if (!begun) return { ok: false, error: 'wrong_state' };
      this.#options.onStep();
    } else if (sitting.state !== 'amended') {
      return { ok: false, error: 'wrong_state' };
    }
    return { ok: true, amendment: this.#viewOf(sittingId) };
  }

  /** Gives up an amendment that changed nothing: the sitting is again as far as its newest revision is. */
  cancel(sittingId: string): AmendAnswer {
    const { store } = this.#options;
    const sitting = store.sittings.getSitting(sittingId);
    if (!sitting) return { ok: false, error: 'no_such_report' };
    const amendment = this.getView(sitting);
    if (!amendment) return { ok: false, error: 'wrong_state' };
    if (!amendment.cancellable) return { ok: false, error: 'has_changes' };
    const newest = store.reports.getLastRevision(sitting.reportId);
    const status = store.outbox.getStatus({ reportId: sitting.reportId, revision: newest });
    const arrived = status?.state === 'delivered' || status?.state === 'returned';
    store.sittings.recordStep(sitting.id, 'amended', arrived ? 'delivered' : 'sealed');
    const { openings } = store.reports.getNotes(sitting.id);
    store.reports.setNotes(sitting.id, { amendment: null, openings: openings.slice(0, -1) });
    this.#options.onStep();
    return { ok: true, amendment };
  }

  /**
   * Seals the next revision. With nothing changed there is nothing to say, unless the province sent the last one back:
   * then the same content may be sent again. `said` is in the words of the person who seals it.
   */
  async seal(sittingId: string, said: { reason: string; author: string }): Promise<SealAmendmentAnswer> {
    const { amendment } = this.#options.store.reports.getNotes(sittingId);
    const role = amendment?.by === 'chair' ? 'chair' : 'technician';
    return this.#seal(sittingId, { cause: 'correction', reason: said.reason, by: { role, name: said.author } });
  }

  /** Makes the revision that carries the chair's confirmation, given after the sealing. `by` as in `begin`. */
  async sealSignOff(sittingId: string, by: 'technician' | 'chair', name: string): Promise<SealAmendmentAnswer> {
    const begun = this.begin(sittingId, by, 'sign_off');
    if (!begun.ok) return { ok: false, error: begun.error === 'has_changes' ? 'wrong_state' : begun.error };
    const sealed = await this.#seal(sittingId, { cause: 'sign_off', reason: null, by: { role: by, name } });
    // Nobody asked to amend: an amendment without a change must not stay open.
    if (!sealed.ok && sealed.error === 'nothing_changed') this.cancel(sittingId);
    return sealed;
  }

  async #seal(sittingId: string, amendment: Amendment): Promise<SealAmendmentAnswer> {
    const { store } = this.#options;
    const sitting = store.sittings.getSitting(sittingId);
    if (!sitting) return { ok: false, error: 'no_such_report' };
    if (sitting.state !== 'amended') return { ok: false, error: 'wrong_state' };
    const newest = store.reports.getLastRevision(sitting.reportId);
    const returned = store.outbox.getStatus({ reportId: sitting.reportId, revision: newest })?.state === 'returned';
    if (!returned && this.#listChanges(sitting).length === 0) return { ok: false, error: 'nothing_changed' };
    const sealed = await this.#options.seal(sitting, amendment);
    return sealed ? { ok: true, revision: sealed.revision } : { ok: false, error: 'wrong_state' };
  }

  #viewOf(sittingId: string): AmendmentView {
    const sitting = this.#options.store.sittings.getSitting(sittingId);
    const view = sitting && this.getView(sitting);
    assert(view, `an amendment of ${sittingId} is under way`);
    return view;
  }

  #listChanges(sitting: SittingRecord): ReportChange[] {
    const { store } = this.#options;
    const newest = store.reports.getReport(sitting.reportId, store.reports.getLastRevision(sitting.reportId));
    return newest ? diffReports(newest, this.#options.draft(sitting)) : [];
  }
}

function digestOf(changes: readonly ReportChange[]): string {
  return createHash('sha256').update(canonicalBytes(changes)).digest('hex');
}
