import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { ErrorState } from '@/shared/ui/error-state';

/** What stands in place of a page that threw. The rail keeps working. */
export function PageCrashed({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  // A new version was deployed and the chunk of this page is gone: only loading anew helps.
  const isOldChunk = /dynamically imported module|Importing a module script failed/.test(
    error instanceof Error ? error.message : '',
  );
  return (
    <ErrorState
      title={isOldChunk ? 'AgentFlow was updated; load this page again' : 'This page could not be shown'}
      error={error}
      onRetry={isOldChunk ? () => location.reload() : retry}
    />
  );
}
