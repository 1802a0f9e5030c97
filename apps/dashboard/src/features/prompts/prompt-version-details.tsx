import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { promptVersionsRestore } from '@/shared/api/generated/operations';
import { CompareField, VersionFrame } from '@/shared/library/version-frame';
import { useCan } from '@/shared/session/use-session';
import { ErrorState } from '@/shared/ui/error-state';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { PromptChanges } from './prompt-changes';
import { wholeContent } from './prompt-content';
import { promptDiffQuery, promptVersionQuery } from './prompt-queries';

const route = getRouteApi('/signed-in/prompts/$promptId/versions');

export interface PromptVersionDetailsProps {
  promptId: string;
  number: number;
  /** The version it is compared with; none for the first. */
  against: number | undefined;
  others: readonly number[];
}

/** One version: who, when, what it says, what changed against another or the draft, and the way back to it. */
export function PromptVersionDetails({ promptId, number, against, others }: PromptVersionDetailsProps) {
  const version = useQuery(promptVersionQuery(promptId, number));
  const navigate = route.useNavigate();
  const queryClient = useQueryClient();
  const canWrite = useCan('prompts:write');
  const [withDraft, setWithDraft] = useState(false);
  if (version.isPending) return <SkeletonRows label="version" rows={4} />;
  if (version.isError)
    return (
      <ErrorState
        title="The version could not be loaded"
        error={version.error}
        onRetry={() => void version.refetch()}
      />
    );
  const { system, user, variables, model } = wholeContent(version.data.content);
  const restore = async () => {
    await promptVersionsRestore({ id: promptId, number });
    queryClient.removeQueries({ queryKey: ['prompts', 'draft', promptId] });
    await queryClient.invalidateQueries({ queryKey: ['prompts'] });
    await navigate({ to: '/prompts/$promptId', params: { promptId } });
  };
  return (
    <VersionFrame version={version.data} canRestore={canWrite} onRestore={restore}>
      <CompareField
        value={withDraft ? 'draft' : String(against ?? '')}
        others={others}
        more={[{ value: 'draft', label: 'The draft' }]}
        onCompare={(value) => {
          setWithDraft(value === 'draft');
          void navigate({ search: { version: number, against: Number(value) || undefined }, replace: true });
        }}
      />
      {withDraft ? (
        <Difference promptId={promptId} from={number} to="draft" />
      ) : (
        against !== undefined && <Difference promptId={promptId} from={against} to={number} />
      )}
      <details open={against === undefined && !withDraft}>
        <summary className="text-muted cursor-pointer py-1">The whole version</summary>
        <div className="mt-2 flex flex-col gap-3">
          {system !== '' && <Text label="System text" text={system} />}
          <Text label="User text" text={user} />
          <p className="text-muted text-sm">
            {variables.length === 0
              ? 'No variables.'
              : `Variables: ${variables.map(({ name, type, required }) => `${name} (${type}${required ? '' : ', optional'})`).join(', ')}.`}
            {model !== null && ` Written for ${model}.`}
          </p>
        </div>
      </details>
    </VersionFrame>
  );
}

function Difference({ promptId, from, to }: { promptId: string; from: number; to: number | 'draft' }) {
  const diff = useQuery(promptDiffQuery(promptId, from, to));
  const other = to === 'draft' ? 'the draft' : `version ${to}`;
  return <PromptChanges diff={diff} label={`Changes from version ${from} to ${other}`} />;
}

function Text({ label, text }: { label: string; text: string }) {
  return (
    <div className="bg-sunken min-w-0 rounded-md border p-3">
      <p className="text-muted text-xs">{label}</p>
      <pre className="mt-1 font-mono text-sm break-words whitespace-pre-wrap">{text}</pre>
    </div>
  );
}
