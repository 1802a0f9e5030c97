import type { ToolContent, ToolSetTool } from '@/shared/api/generated/schema';
import { Button } from '@/shared/ui/button';
import { ChangedValue } from '@/shared/ui/changed-value';

export interface ToolReviewProps {
  tool: ToolSetTool;
  canWrite: boolean;
  isPending: boolean;
  /** Either way it counts as looked at. */
  onDecide: (enabled: boolean) => void;
}

const PARTS: readonly { readonly part: keyof ToolContent; readonly label: string }[] = [
  { part: 'description', label: 'Description' },
  { part: 'inputSchema', label: 'Arguments' },
  { part: 'outputSchema', label: 'Result' },
  { part: 'effect', label: 'Effect, as it is hinted' },
  { part: 'definition', label: 'How it is called' },
];

/** What is new about a tool, and the decision whether agents may use it like this. */
export function ToolReview({ tool, canWrite, isPending, onDecide }: ToolReviewProps) {
  const { reviewed } = tool;
  return (
    <div className="border-warning/30 bg-warning-soft flex flex-col gap-3 rounded-md border p-3">
      {reviewed === null ? (
        <p>
          Nobody has looked at this tool yet. Its words come from the other side: models read them as they are, so look
          for any that give orders.
        </p>
      ) : (
        <>
          <p>It is not what somebody here has reviewed, so it was switched off.</p>
          <ul aria-label={`Changes of ${tool.name}`} className="bg-surface divide-y rounded-md border">
            {changesOf(tool, reviewed).map(({ label, before, after }) => (
              <li key={label} className="p-3">
                <p className="text-sm font-medium">{label}</p>
                <ChangedValue before={before} after={after} />
              </li>
            ))}
          </ul>
        </>
      )}
      {canWrite && (
        <div className="flex flex-wrap gap-2">
          <Button
            size="sm"
            variant="primary"
            disabled={isPending}
            aria-label={`Switch on ${tool.name}`}
            onClick={() => onDecide(true)}
          >
            Switch on
          </Button>
          <Button size="sm" disabled={isPending} aria-label={`Leave off ${tool.name}`} onClick={() => onDecide(false)}>
            Leave off
          </Button>
        </div>
      )}
    </div>
  );
}

function changesOf(tool: ToolSetTool, reviewed: ToolContent): { label: string; before: unknown; after: unknown }[] {
  const offered: ToolContent = { ...tool, effect: tool.offeredEffect };
  return PARTS.map(({ part, label }) => ({ label, before: reviewed[part], after: offered[part] })).filter(
    ({ before, after }) => JSON.stringify(before) !== JSON.stringify(after),
  );
}
