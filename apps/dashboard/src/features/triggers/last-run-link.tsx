import { Link } from '@tanstack/react-router';
import { StatusMark } from '@/shared/ui/status-mark';

/** How the latest run of a trigger stands, leading to its page. */
export function LastRunLink({ run }: { run: { id: string; status: string } | null }) {
  if (!run) return <span className="text-muted">None yet</span>;
  return (
    <Link
      to="/runs/$executionId"
      params={{ executionId: run.id }}
      className="underline-offset-2 hover:underline"
      aria-label={`Latest run: ${run.status}`}
    >
      <StatusMark status={run.status} />
    </Link>
  );
}
