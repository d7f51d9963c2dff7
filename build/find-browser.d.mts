/** Path of a browser that can show the windows (Edge, Chrome or Chromium), or null. `KIOSK_BROWSER` goes first. */
export declare function findBrowser(options?: {
  platform?: NodeJS.Platform;
  env?: Record<string, string | undefined>;
  exists?: (file: string) => boolean;
}): string | null;
