import type { JSX, ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import type { PushEvents } from '../../electron/contract/api.ts';
import { startTexts, type WindowTexts } from '../i18n/index.ts';
import { ErrorBoundary } from '../ui/error-boundary.tsx';
import { reportFault, reportFaults } from './report-faults.ts';
import { ViewStream } from './view-stream.ts';

/** Starts one window: texts, the pushed snapshots, the first drawing, and the net under it. */
export async function startWindow<R extends keyof PushEvents>(
  draw: (stream: ViewStream<R>) => JSX.Element,
  fallback: (last: PushEvents[R] | null) => ReactNode,
  texts: WindowTexts,
): Promise<void> {
  reportFaults({ reload: !location.pathname.startsWith('/stage') && location.hostname !== 'stage' });
  await startTexts(texts);
  const stream = new ViewStream<R>();
  stream.start();
  const root = document.getElementById('root');
  if (!root) throw new Error('the page has no #root');
  const Fallback = (): ReactNode => fallback(stream.state.view);
  // The last snapshot may be what broke the window, and would break a fallback that shows it too.
  const net = (
    <ErrorBoundary fallback={fallback(null)}>
      <Fallback />
    </ErrorBoundary>
  );
  createRoot(root, { onCaughtError: (cause) => reportFault('drawing', cause) }).render(
    <ErrorBoundary fallback={net}>{draw(stream)}</ErrorBoundary>,
  );
}
