import type { JSX } from 'react';
import './meter.css';

/** A share as a bar; the numbers stand beside it in words. */
export function Meter({ part, whole, label }: { part: number; whole: number; label: string }): JSX.Element {
  return <meter className="meter" aria-label={label} min={0} max={Math.max(whole, Number.EPSILON)} value={part} />;
}
