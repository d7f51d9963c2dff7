import type { ReactNode } from 'react';
import { Component } from 'react';

interface Props {
  /** Shown instead of a broken window until it loads again. */
  fallback: ReactNode;
  children: ReactNode;
}

/** How long the fallback stays before the page is loaded again. */
export const RELOAD_AFTER_MS = 2_000;

/** Catches a fault of ours: shows something calm, then starts the page again by itself. */
export class ErrorBoundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override componentDidCatch(): void {
    setTimeout(() => location.reload(), RELOAD_AFTER_MS);
  }

  override render(): ReactNode {
    return this.state.broken ? this.props.fallback : this.props.children;
  }
}
