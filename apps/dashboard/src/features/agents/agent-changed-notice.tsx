import type { Agent } from '@/shared/api/generated/schema';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { changedFields } from './agent-settings-values';

export interface AgentChangedNoticeProps {
  before: Agent;
  now: Agent;
  /** Drops what was typed and shows what is saved. */
  onTake: () => void;
}

/** Says that somebody else saved the agent in the meantime, and what is there now. */
export function AgentChangedNotice({ before, now, onTake }: AgentChangedNoticeProps) {
  const changed = changedFields(before, now);
  return (
    <Callout tone="warning" title="Somebody else has changed this agent since you opened it" announce>
      <p>Nothing of yours was saved. What you typed is still in the fields.</p>
      {changed.length > 0 && (
        <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-4 text-sm">
          {changed.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name} now</dt>
              <dd className="min-w-0 break-words">{value || <span className="text-muted">empty</span>}</dd>
            </div>
          ))}
        </dl>
      )}
      <Button size="sm" className="mt-2" onClick={onTake}>
        Drop mine and show theirs
      </Button>
    </Callout>
  );
}
