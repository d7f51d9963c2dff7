import type { JSX, ReactNode } from 'react';
import { classes } from './classes.ts';

/** Drawn on a 24-unit grid with a 2-unit round stroke. */
const DRAWINGS = {
  check: <path d="M2.5 12.8 9 19.3 21.5 5.2" />,
  already: (
    <>
      <path d="m2.5 12.8 4.6 4.7 8.2-9.6" />
      <path d="m11.6 16.6.9.9 9-10.6" />
    </>
  ),
  unknown_person: (
    <>
      <circle cx="9.5" cy="8" r="3.6" />
      <path d="M2.8 20c.5-4 3.2-6.2 6.7-6.2 1.5 0 2.8.4 3.9 1.1" />
      <path d="M16.2 13.7c.1-1.4 1-2.2 2.3-2.2 1.4 0 2.4.9 2.4 2.1 0 1.6-2.3 1.8-2.3 3.7" />
      <path d="M18.6 20.4v.1" />
    </>
  ),
  other_place: (
    <>
      <path d="M12 21.5c-4.2-4.4-6.5-8-6.5-11.2a6.5 6.5 0 0 1 13 0c0 3.2-2.3 6.8-6.5 11.2Z" />
      <path d="m9.7 8 4.6 4.6M14.3 8l-4.6 4.6" />
    </>
  ),
  unreadable: (
    <>
      <path d="M3 7.5V5a2 2 0 0 1 2-2h2.5M16.5 3H19a2 2 0 0 1 2 2v2.5M21 16.5V19a2 2 0 0 1-2 2h-2.5M7.5 21H5a2 2 0 0 1-2-2v-2.5" />
      <path d="m8.5 8.5 7 7M15.5 8.5l-7 7" />
    </>
  ),
  hourglass: (
    <>
      <path d="M6 3h12M6 21h12" />
      <path d="M7.5 3v3.6c0 2.3 4.5 3.5 4.5 5.4s-4.5 3.1-4.5 5.4V21M16.5 3v3.6c0 2.3-4.5 3.5-4.5 5.4s4.5 3.1 4.5 5.4V21" />
    </>
  ),
  lock: (
    <>
      <rect x="4.5" y="10.5" width="15" height="10.5" rx="2.5" />
      <path d="M8 10.5V7.2a4 4 0 0 1 8 0v3.3M12 14.7v2.4" />
    </>
  ),
  unplugged: (
    <>
      <path d="M9 3v4.5M15 3v4.5M6.5 7.5h11v3.7a5.5 5.5 0 0 1-5.5 5.5 5.5 5.5 0 0 1-5.5-5.5ZM12 16.7V21" />
      <path d="M3 20 21 4" />
    </>
  ),
  stick: (
    <>
      <rect x="7" y="9" width="10" height="12.5" rx="2" />
      <path d="M9 9V2.8h6V9M11 5.6v.1M13 5.6v.1" />
    </>
  ),
  gear: (
    <>
      <circle cx="12" cy="12" r="3.2" />
      <path d="M12 2.8v3.4M12 17.8v3.4M2.8 12h3.4M17.8 12h3.4M5.5 5.5l2.4 2.4M16.1 16.1l2.4 2.4M18.5 5.5l-2.4 2.4M7.9 16.1l-2.4 2.4" />
    </>
  ),
  hand: (
    <>
      <path d="M7 12.5V6.2a1.5 1.5 0 0 1 3 0v4.8M10 10.5V4.2a1.5 1.5 0 0 1 3 0v6.3M13 10.7V5.2a1.5 1.5 0 0 1 3 0v6.3" />
      <path d="M16 9.7a1.5 1.5 0 0 1 3 0v4.6c0 4-2.3 6.7-6 6.7-2.7 0-4.3-1.2-5.6-3.4l-2.9-4.8c-.5-.9-.2-1.7.5-2.1s1.5-.1 2 .6Z" />
    </>
  ),
  backspace: (
    <>
      <path d="M8.5 5H19a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H8.5L2.5 12Z" />
      <path d="m11.5 9.3 5.4 5.4M16.9 9.3l-5.4 5.4" />
    </>
  ),
  search: (
    <>
      <circle cx="10.5" cy="10.5" r="6.5" />
      <path d="m15.5 15.5 5.5 5.5" />
    </>
  ),
  back: <path d="M20 12H4.5M11 5.5 4.5 12l6.5 6.5" />,
  forward: <path d="m9 5 7 7-7 7" />,
  up: <path d="M12 20V4.5M5 11.5l7-7 7 7" />,
  swap: <path d="M4 8.5h14.5M15 5l3.5 3.5L15 12M20 15.5H5.5M9 12l-3.5 3.5L9 19" />,
  undo: (
    <>
      <path d="M8.5 4.5 3.5 9.5l5 5" />
      <path d="M3.5 9.5H14a6 6 0 0 1 0 12h-3.5" />
    </>
  ),
  scan: (
    <>
      <path d="M3 7.5V5a2 2 0 0 1 2-2h2.5M16.5 3H19a2 2 0 0 1 2 2v2.5M21 16.5V19a2 2 0 0 1-2 2h-2.5M7.5 21H5a2 2 0 0 1-2-2v-2.5" />
      <path d="M2.5 12h19" />
    </>
  ),
  down: <path d="m5 9 7 7 7-7" />,
  sound: (
    <>
      <path d="M3.5 9.5v5H7l5 4.5v-14L7 9.5Z" />
      <path d="M15.5 9a4.3 4.3 0 0 1 0 6M18.3 6.3a8 8 0 0 1 0 11.4" />
    </>
  ),
  screen: (
    <>
      <rect x="2.5" y="4" width="19" height="13" rx="2" />
      <path d="M8.5 21h7M12 17v4" />
    </>
  ),
  desk: (
    <>
      <circle cx="12" cy="7" r="3.5" />
      <path d="M5 20c.4-4.2 3.2-6.5 7-6.5s6.6 2.3 7 6.5Z" />
    </>
  ),
  report: (
    <>
      <path d="M6 2.8h8l5 5V19a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V4.8a2 2 0 0 1 2-2Z" />
      <path d="M14 3v5h5M8 13h7M8 17h5" />
    </>
  ),
  send: <path d="M21 3 10.5 13.5M21 3l-6.5 18-4-7.5L3 9.5Z" />,
  board: (
    <>
      <rect x="3" y="3" width="7.5" height="9" rx="1.5" />
      <rect x="13.5" y="3" width="7.5" height="5" rx="1.5" />
      <rect x="13.5" y="11" width="7.5" height="10" rx="1.5" />
      <rect x="3" y="15" width="7.5" height="6" rx="1.5" />
    </>
  ),
  signal: (
    <>
      <circle cx="12" cy="12" r="1.8" />
      <path d="M8 16a5.6 5.6 0 0 1 0-8M16 8a5.6 5.6 0 0 1 0 8M5 19a9.9 9.9 0 0 1 0-14M19 5a9.9 9.9 0 0 1 0 14" />
    </>
  ),
  alert: (
    <>
      <path d="M12 3.2 22 20.5H2Z" />
      <path d="M12 9.7v4.8M12 17.6v.1" />
    </>
  ),
  info: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 11v5.5M12 7.5v.1" />
    </>
  ),
  power: (
    <>
      <path d="M12 3v8.5" />
      <path d="M6.3 6.5a8 8 0 1 0 11.4 0" />
    </>
  ),
  close: <path d="m5.5 5.5 13 13M18.5 5.5l-13 13" />,
  live: (
    <>
      <path d="M4 5.5v13l9-6.5Z" />
      <path d="M18.5 5.5v13" />
    </>
  ),
  play: <path d="M7 4.5v15l12-7.5Z" />,
  stop: <rect x="5.5" y="5.5" width="13" height="13" rx="2" fill="currentColor" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof DRAWINGS;

/** One of our own line drawings; decorative, so the word beside it must say the same. */
export function Icon({ name, className }: { name: IconName; className?: string }): JSX.Element {
  return (
    <svg
      className={classes('icon', className)}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {DRAWINGS[name]}
    </svg>
  );
}
