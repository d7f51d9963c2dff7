import { useCallback, useEffect, useRef, useState } from 'react';

/** What was loaded, and the way to load it again now. */
export interface Loaded<T> {
  /** The newest answer; null before the first. */
  value: T | null;
  /** Resolves when it has been loaded again. */
  refresh: () => Promise<void>;
}

/**
 * Loads when `load` changes, and again whenever `stamp` says that what it read may have moved. The first answer comes at once,
 * later changes are gathered for `gatherMs` milliseconds. Only the newest question counts; undefined keeps what is shown.
 */
export function useLoaded<T>(load: () => Promise<T | undefined>, stamp: string, gatherMs = 0): Loaded<T> {
  const [loaded, setLoaded] = useState<{ value: T; stamp: string } | null>(null);
  const newest = useRef(0);
  const first = useRef(true);
  const read = useCallback(
    async (question: number, as: string): Promise<void> => {
      const value = await load();
      if (value !== undefined && question === newest.current) setLoaded({ value, stamp: as });
    },
    [load],
  );
  useEffect(() => {
    const question = (newest.current += 1);
    const timer = setTimeout(() => void read(question, stamp), first.current ? 0 : gatherMs);
    first.current = false;
    return () => clearTimeout(timer);
  }, [read, stamp, gatherMs]);
  const refresh = useCallback(() => read((newest.current += 1), stamp), [read, stamp]);
  return { value: loaded?.value ?? null, refresh };
}
