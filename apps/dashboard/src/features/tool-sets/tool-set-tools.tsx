import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Blocks } from 'lucide-react';
import { ApiProblem } from '@/shared/api/api-problem';
import { toolSetsUpdate } from '@/shared/api/generated/operations';
import type { ChangeToolRequest, ToolSetDetail } from '@/shared/api/generated/schema';
import { FormProblem } from '@/shared/forms/form-problem';
import { EmptyState } from '@/shared/ui/empty-state';
import { keepToolSet, TOOL_SETS } from './tool-set-queries';
import { ToolSetToolRow } from './tool-set-tool-row';

/** The tools of a set, and what it offers that cannot be one. */
export function ToolSetTools({ set, canWrite }: { set: ToolSetDetail; canWrite: boolean }) {
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: (tool: ChangeToolRequest) => toolSetsUpdate({ id: set.id, body: { tools: [tool] } }),
    onSuccess: (next) => keepToolSet(queryClient, next),
    // Somebody else may have decided, or the tool may have changed: show it as it is.
    onError: () => void queryClient.invalidateQueries({ queryKey: TOOL_SETS }),
  });
  return (
    <>
      {change.error instanceof ApiProblem && <FormProblem problem={change.error} />}
      <section aria-label="Tools" className="bg-surface rounded-lg border">
        <h2 className="sr-only">Tools</h2>
        {set.tools.length === 0 ? (
          <EmptyState icon={<Blocks />} title="No tools">
            The other side offers none that can be used here.
          </EmptyState>
        ) : (
          <ul className="divide-y">
            {set.tools.map((tool) => (
              <ToolSetToolRow
                key={tool.id}
                tool={tool}
                canWrite={canWrite}
                isPending={change.isPending}
                onChange={(part) => change.mutate({ id: tool.id, ...part })}
              />
            ))}
          </ul>
        )}
      </section>
      {set.leftOut.length > 0 && (
        <section aria-labelledby="left-out">
          <h2 id="left-out" className="mb-1 font-semibold">
            Left out
          </h2>
          <ul className="text-muted list-disc pl-5 text-sm">
            {set.leftOut.map(({ remoteName, reason }) => (
              <li key={remoteName} className="break-words">
                <span className="font-mono">{remoteName}</span>: {reason}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
