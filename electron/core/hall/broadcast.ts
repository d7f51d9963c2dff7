import type { StreamSource } from '../../contract/session-package.ts';
import type { SittingRecord } from '../../contract/sitting.ts';
import { Signal } from '../../shared/signal.ts';
import { FreshAddresses } from '../broadcast/fresh-addresses.ts';
import { PlaylistReader } from '../broadcast/playlist-reader.ts';
import { relay } from '../broadcast/relay.ts';
import type { WatchState } from '../broadcast/watch-state.ts';
import { Watcher } from '../broadcast/watcher.ts';
import type { Egress } from '../network/egress.ts';
import { isRunning } from '../sitting/machine.ts';
import type { Clock } from '../store/clock.ts';
import type { HallLog } from './hall-log.ts';

export interface BroadcastOptions {
  egress: Egress;
  clock: Clock;
  random: () => number;
  log: HallLog;
}

/** What the core knows of the broadcast apart from any window: a watcher for the sitting the hall is in, and present addresses. */
export class Broadcast {
  /** What the watcher sees has changed. */
  readonly changed = new Signal();
  readonly #options: BroadcastOptions;
  /** Shared by watcher and relay, so that both read a list alike. */
  readonly #reader: PlaylistReader;
  #addresses: FreshAddresses;
  #watcher: Watcher;
  #watched: string | null = null;
  /** Watchers of sittings before; each ends by itself within one request. */
  #ending: Promise<void> = Promise.resolve();

  constructor(options: BroadcastOptions) {
    this.#options = options;
    this.#reader = new PlaylistReader(options.egress);
    this.#addresses = new FreshAddresses({ sources: [], egress: options.egress });
    this.#watcher = this.#makeWatcher(null, []);
  }

  get state(): WatchState {
    return this.#watcher.state;
  }

  /** The address of a source now. */
  addressOf(source: StreamSource): string {
    return this.#addresses.of(source);
  }

  /** A fresh address for a source whose token has run out; null when there is none to be had. */
  renewAddress(sourceId: string): Promise<string | null> {
    return this.#addresses.renew(sourceId);
  }

  /** A piece of the broadcast for the stage; `cut` breaks the window's connection when the server's breaks off. */
  relay(request: Request, cut: () => void): Promise<Response> {
    return relay(this.#reader, request, cut);
  }

  /** The stage plays this source now; null when it plays none. */
  noteStageSource(sourceId: string | null): void {
    this.#watcher.setStageSource(sourceId);
  }

  /**
   * The hall is in this sitting, with these sources. It is watched before it begins, for the technician, and after an end that was
   * only inferred, to see the broadcast come back.
   */
  watchSitting(sitting: SittingRecord, planned: readonly StreamSource[]): void {
    const watching = isRunning(sitting.state) || sitting.state === 'prepared' || sitting.endedBy === 'schedule';
    const wanted = watching ? `${sitting.id} ${sitting.state === 'prepared'}` : null;
    if (wanted === this.#watched) return;
    this.#watched = wanted;
    this.#ending = Promise.all([this.#ending, this.#watcher.stop()]).then(() => undefined);
    this.#addresses.stop();
    const sources = wanted === null ? [] : planned;
    const { egress, random } = this.#options;
    this.#addresses = new FreshAddresses({ sources, egress, random });
    this.#watcher = this.#makeWatcher(wanted === null ? null : sitting, sources);
    this.#watcher.start();
  }

  async stop(): Promise<void> {
    this.#addresses.stop();
    await Promise.all([this.#watcher.stop(), this.#ending]);
  }

  #makeWatcher(sitting: SittingRecord | null, sources: readonly StreamSource[]): Watcher {
    const { egress, clock, random, log } = this.#options;
    let health = '';
    return new Watcher({
      sources,
      addresses: this.#addresses,
      slow: sitting?.state === 'prepared',
      notBeforeMs: sitting?.startsAt ?? null,
      egress,
      reader: this.#reader,
      clock,
      random,
      onChange: (state) => {
        if (state.health !== health)
          log.info('source_health', { health: state.health, host: state.host, failure: state.lastFailure });
        health = state.health;
        this.changed.emit();
      },
      onError: (cause) => log.error('watch_failed', cause),
    });
  }
}
