import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Callout } from '@/shared/ui/callout';
import { RelativeTime } from '@/shared/ui/relative-time';
import { heldQuery } from './usage-queries';

const NAMED = 5;

/** Runs that wait for money; nothing when there are none. */
export function HeldRuns() {
  const held = useQuery(heldQuery());
  if (!held.data || held.data.data.length === 0) return null;
  const { data, hasMore } = held.data;
  const count = hasMore
    ? `More than ${data.length} steps wait`
    : data.length === 1
      ? 'One step waits'
      : `${data.length} steps wait`;
  return (
    <Callout tone="warning" title={`${count} for money`} className="mb-6">
      <p>They go on by themselves once their budget has room again.</p>
      <ul className="mt-1">
        {data.slice(0, NAMED).map((wait) => (
          <li key={wait.id}>
            <Link
              to="/runs/$executionId"
              params={{ executionId: wait.executionId }}
              className="underline underline-offset-2"
            >
              {wait.agentName}
            </Link>{' '}
            <span className="text-muted">
              since <RelativeTime at={wait.createdAt} />
            </span>
          </li>
        ))}
      </ul>
      {(hasMore || data.length > NAMED) && (
        <Link to="/runs" search={{ status: 'waiting', subRuns: true }} className="underline underline-offset-2">
          All waiting runs
        </Link>
      )}
    </Callout>
  );
}
