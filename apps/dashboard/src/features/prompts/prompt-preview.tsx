import { useQuery, keepPreviousData } from '@tanstack/react-query';
import { useEffect, useId, useState } from 'react';
import { ApiProblem } from '@/shared/api/api-problem';
import { promptsRender } from '@/shared/api/generated/operations';
import { Callout } from '@/shared/ui/callout';
import { ErrorState } from '@/shared/ui/error-state';
import { Skeleton } from '@/shared/ui/skeleton';
import { readAllTyped, type WholeContent } from './prompt-content';

const TYPING_PAUSE_MS = 400;

/** What the model would be told with the examples of the variables. */
export function PromptPreview({ content }: { content: WholeContent }) {
  const headingId = useId();
  const settled = useSettled(content, TYPING_PAUSE_MS);
  const { values, errors } = readAllTyped(settled.variables, {});
  const missing = Object.keys(errors);
  const preview = useQuery({
    queryKey: ['prompts', 'render', settled],
    queryFn: ({ signal }) => promptsRender({ body: { draft: settled, variables: values } }, { signal }),
    enabled: missing.length === 0 && settled.user.trim() !== '',
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 30_000,
  });
  return (
    <section aria-labelledby={headingId} className="flex min-w-0 flex-col gap-2">
      <h2 id={headingId} className="text-sm font-medium">
        Filled in with the examples
      </h2>
      {missing.length > 0 ? (
        <p className="text-muted text-sm">
          Give {missing.map((name) => `“${name}”`).join(', ')} {missing.length === 1 ? 'an example' : 'examples'} that
          fit, and this shows what the model is told.
        </p>
      ) : settled.user.trim() === '' ? (
        <p className="text-muted text-sm">The user text is empty.</p>
      ) : preview.isPending ? (
        <Skeleton className="h-24" />
      ) : preview.isError ? (
        <Refused error={preview.error} onRetry={() => void preview.refetch()} />
      ) : (
        <>
          {preview.data.system !== '' && <Told label="System" text={preview.data.system} />}
          <Told label="User" text={preview.data.user} />
        </>
      )}
    </section>
  );
}

/** A wrong draft is told at its fields; here it only says why there is nothing to see. */
function Refused({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (error instanceof ApiProblem && error.status >= 400 && error.status < 500) {
    return <Callout tone="warning">{error.errors[0]?.message ?? error.message}</Callout>;
  }
  return <ErrorState title="The preview could not be made" error={error} onRetry={onRetry} />;
}

function Told({ label, text }: { label: string; text: string }) {
  return (
    <div className="bg-sunken min-w-0 rounded-md border p-3">
      <p className="text-muted text-xs">{label}</p>
      <pre
        role="region"
        aria-label={`${label} text, filled in`}
        tabIndex={0}
        className="mt-1 max-h-72 overflow-y-auto font-mono text-sm break-words whitespace-pre-wrap"
      >
        {text}
      </pre>
    </div>
  );
}

function useSettled<Value>(value: Value, pauseMs: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return settled;
}
