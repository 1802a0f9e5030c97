import type { ApiProblem } from '@/shared/api/api-problem';
import { Callout } from '@/shared/ui/callout';

/** What the server said about a form as a whole. */
export function FormProblem({ problem }: { problem: ApiProblem | null }) {
  if (!problem) return null;
  return (
    <Callout tone="danger" announce>
      {problem.message}
      {problem.errors.map((each) => (
        <p key={each.pointer + each.code} className="text-sm">
          <code>{each.pointer || '/'}</code> {each.message}
        </p>
      ))}
      {problem.status >= 500 && problem.requestId && <p className="text-muted text-sm">Request {problem.requestId}</p>}
    </Callout>
  );
}
