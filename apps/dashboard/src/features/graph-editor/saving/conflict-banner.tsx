import { useState } from 'react';
import { ApiProblem } from '@/shared/api/api-problem';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';

export interface ConflictBannerProps {
  onLoadTheirs: () => Promise<unknown>;
  onKeepMine: () => Promise<unknown>;
}

/** Two people saved the same draft: nothing is overwritten before the person at this screen has said what counts. */
export function ConflictBanner({ onLoadTheirs, onKeepMine }: ConflictBannerProps) {
  const [pending, setPending] = useState<'theirs' | 'mine' | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const choose = async (choice: 'theirs' | 'mine', act: () => Promise<unknown>) => {
    setPending(choice);
    setFailure(null);
    try {
      await act();
    } catch (error) {
      setFailure(error instanceof ApiProblem ? error.message : 'That did not work. Try again.');
    } finally {
      setPending(null);
    }
  };
  return (
    <Callout tone="warning" announce title="Somebody else has saved this draft" className="m-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-60 flex-1">
          Your changes are kept here and not sent. Loading theirs gives up your changes; keeping yours replaces theirs.
        </p>
        <Button size="sm" pending={pending === 'theirs'} onClick={() => void choose('theirs', onLoadTheirs)}>
          Load theirs
        </Button>
        <Button size="sm" pending={pending === 'mine'} onClick={() => void choose('mine', onKeepMine)}>
          Keep mine
        </Button>
      </div>
      {failure && <p className="text-danger mt-1 text-sm">{failure}</p>}
    </Callout>
  );
}
