import { CircleAlert } from 'lucide-react';
import { ApiProblem } from '@/shared/api/api-problem';
import { Button } from './button';
import { IdChip } from './id-chip';

export interface ErrorStateProps {
  /** What failed: "The runs could not be loaded". */
  title: string;
  error: unknown;
  onRetry?: () => void;
}

/** What failed, why, a way to try again, and the request id for whoever helps. */
export function ErrorState({ title, error, onRetry }: ErrorStateProps) {
  const problem = error instanceof ApiProblem ? error : null;
  return (
    <div role="alert" className="flex flex-col items-center gap-1 px-6 py-12 text-center">
      <CircleAlert aria-hidden className="text-danger mb-2 size-5" />
      <p className="font-medium">{title}</p>
      <p className="text-muted max-w-md break-words">
        {problem ? problem.message : 'Something in this page went wrong. Loading it again may help.'}
      </p>
      {problem?.requestId && (
        <p className="text-muted mt-1 flex items-center gap-1.5 text-sm">
          Request <IdChip id={problem.requestId} label="request id" />
        </p>
      )}
      {onRetry && (
        <Button className="mt-4" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
