import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { MIN_QUERY_LETTERS } from '../../electron/contract/limits.ts';
import type { PersonCard } from '../../electron/contract/api-person.ts';
import type { Answer } from '../client/call.ts';
import { callInHall } from '../client/call-in-hall.ts';
import type { ViewStream } from '../client/view-stream.ts';
import { countLetters } from './flow.ts';

export interface Found {
  answer: Answer<'desk/search'>;
  /** The answer is to what is typed now; an older one stays on screen until then, so that the list does not flicker. */
  current: boolean;
}

/** What the roster holds for the query; null while nothing may be asked or the first answer is under way. */
export function useSearch(stream: ViewStream<'desk'>, query: string): Found | null {
  const [found, setFound] = useState<{ query: string; answer: Found['answer'] } | null>(null);
  const ask = countLetters(query) >= MIN_QUERY_LETTERS;
  useEffect(() => {
    if (!ask) return;
    let wanted = true;
    void callInHall(stream, 'desk/search', { query }).then((answer) => {
      // A slow answer to an older query must not replace a newer one.
      if (wanted) setFound({ query, answer });
    });
    return () => {
      wanted = false;
    };
  }, [stream, query, ask]);
  if (!ask || !found) return null;
  const related = found.query.startsWith(query) || query.startsWith(found.query);
  return related ? { answer: found.answer, current: found.query === query } : null;
}

/**
 * Enter picks the only person found, never one of several, and never from an older list: pressed before the answer to what is
 * typed has come, it counts when it comes.
 */
export function usePickOnly(found: Found | null, query: string, onPick: (person: PersonCard) => void): () => void {
  const waitingFor = useRef<string | null>(null);
  const people = found?.current && found.answer.ok ? found.answer.people : [];
  const only = people.length === 1 ? people[0] : undefined;
  const isCurrent = found?.current === true;
  const onAnswer = useEffectEvent(() => {
    if (only && waitingFor.current === query) onPick(only);
    waitingFor.current = null;
  });
  useEffect(() => {
    if (isCurrent) onAnswer();
  }, [isCurrent]);
  return () => {
    if (!isCurrent) waitingFor.current = query;
    else if (only) onPick(only);
  };
}
