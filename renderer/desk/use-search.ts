import { useEffect, useState } from 'react';
import type { SearchAnswer } from '../../electron/contract/api.ts';
import type { Unreachable } from '../client/calls.ts';
import { callPatiently } from '../client/calls.ts';
import { countLetters, MIN_LETTERS } from './flow.ts';

export interface Found {
  answer: SearchAnswer | Unreachable;
  /** The answer is to what is typed now; an older one stays on screen until then, so that the list does not flicker. */
  current: boolean;
}

/** What the roster holds for the query; null while nothing may be asked or the first answer is under way. */
export function useSearch(query: string): Found | null {
  const [found, setFound] = useState<{ query: string; answer: Found['answer'] } | null>(null);
  const ask = countLetters(query) >= MIN_LETTERS;
  useEffect(() => {
    if (!ask) return;
    let wanted = true;
    void callPatiently('search', { query }).then((answer) => {
      // A slow answer to an older query must not replace a newer one.
      if (wanted) setFound({ query, answer });
    });
    return () => {
      wanted = false;
    };
  }, [query, ask]);
  if (!ask || !found) return null;
  const related = found.query.startsWith(query) || query.startsWith(found.query);
  return related ? { answer: found.answer, current: found.query === query } : null;
}
