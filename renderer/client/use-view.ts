import { useSyncExternalStore } from 'react';
import type { PushEvents } from '../../electron/contract/api.ts';
import type { ViewState, ViewStream } from './view-stream.ts';

/** The last snapshot of a started stream, drawn again after each push. */
export function useView<R extends keyof PushEvents>(stream: ViewStream<R>): ViewState<PushEvents[R]> {
  return useSyncExternalStore(stream.subscribe, () => stream.state);
}
