import { useState } from 'react';
import type { Wait } from '@/shared/api/generated/schema';
import { asksSomebody } from '@/shared/waits/wait-words';

export interface Asked {
  /** What the run asks somebody, and what was decided while the page was open. */
  waits: readonly Wait[];
  onKnown: (wait: Wait) => void;
}

/** What the run asks people. What somebody has just decided stays in sight, although it is open no longer. */
export function useAsked(open: readonly Wait[] | undefined): Asked {
  const [known, setKnown] = useState<ReadonlyMap<string, Wait>>(new Map());
  const asked = (open ?? []).filter(asksSomebody);
  const openIds = new Set(asked.map(({ id }) => id));
  return {
    waits: [
      ...asked.map((wait) => known.get(wait.id) ?? wait),
      ...[...known.values()].filter(({ id }) => !openIds.has(id)),
    ],
    // A changed payload makes what was known of it worthless.
    onKnown: (wait) =>
      setKnown((before) => {
        const next = new Map(before);
        if (wait.state === 'open') next.delete(wait.id);
        else next.set(wait.id, wait);
        return next;
      }),
  };
}
