import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ListChecks, RefreshCw, Settings2, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { toolSetsRefresh } from '@/shared/api/generated/operations';
import type { ToolSetDetail } from '@/shared/api/generated/schema';
import { FormProblem } from '@/shared/forms/form-problem';
import { ApiProblem } from '@/shared/api/api-problem';
import { useCan } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { ErrorState } from '@/shared/ui/error-state';
import { PageHeader } from '@/shared/ui/page-header';
import { RelativeTime } from '@/shared/ui/relative-time';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { ChangeOperations } from './change-operations';
import { DeleteToolSet } from './delete-tool-set';
import { NewDocumentForm } from './new-document-form';
import { keepToolSet, TOOL_SETS, toolSetQuery } from './tool-set-queries';
import { ToolSetSettings } from './tool-set-settings';
import { ToolSetStatusMark } from './tool-set-status';
import { ToolSetTools } from './tool-set-tools';
import { DISCOVERY_MS, KIND_WORDS } from './tool-set-words';

const route = getRouteApi('/signed-in/tools/sets/$toolSetId');

/** One tool set: what it offers, and what of that agents may use. */
export function ToolSetPage() {
  const { toolSetId } = route.useParams();
  const set = useQuery(toolSetQuery(toolSetId));
  if (set.isPending) {
    return (
      <>
        <PageHeader above={<Link to="/tools/sets">Tool sets</Link>} title="Tool set" />
        <SkeletonRows label="tools" />
      </>
    );
  }
  if (set.isError) {
    return (
      <>
        <PageHeader above={<Link to="/tools/sets">Tool sets</Link>} title="Tool set" />
        <ErrorState title="The tool set could not be loaded" error={set.error} onRetry={() => void set.refetch()} />
      </>
    );
  }
  return <ToolSetView set={set.data} />;
}

function ToolSetView({ set }: { set: ToolSetDetail }) {
  const canWrite = useCan('integrations:write');
  const queryClient = useQueryClient();
  const [open, setOpen] = useState<'settings' | 'document' | 'operations' | 'delete' | null>(null);
  const isPasted = set.kind === 'openapi' && set.documentUrl === null;
  const refresh = useMutation({
    mutationFn: (document?: string) =>
      toolSetsRefresh({ id: set.id, body: document === undefined ? {} : { document } }, { deadlineMs: DISCOVERY_MS }),
    onSuccess: (next) => keepToolSet(queryClient, next),
    onError: () => void queryClient.invalidateQueries({ queryKey: TOOL_SETS }),
  });
  const lookForChanges = () => (isPasted ? setOpen('document') : refresh.mutate(undefined));
  return (
    <>
      <PageHeader
        above={<Link to="/tools/sets">Tool sets</Link>}
        title={set.name}
        details={
          <>
            <ToolSetStatusMark status={set.status} />
            <span>{KIND_WORDS[set.kind]}</span>
            <span className="font-mono break-all">{set.url}</span>
            <span>
              Checked <RelativeTime at={set.checkedAt} empty="never" />
            </span>
          </>
        }
        actions={
          canWrite && (
            <>
              <Button icon={<RefreshCw />} pending={refresh.isPending} onClick={lookForChanges}>
                Look for changes
              </Button>
              {set.kind === 'openapi' && (
                <Button
                  icon={<ListChecks />}
                  aria-expanded={open === 'operations'}
                  onClick={() => setOpen('operations')}
                >
                  Operations
                </Button>
              )}
              <Button icon={<Settings2 />} aria-expanded={open === 'settings'} onClick={() => setOpen('settings')}>
                Settings
              </Button>
              <Button icon={<Trash2 />} onClick={() => setOpen('delete')}>
                Delete
              </Button>
            </>
          )
        }
      />
      <div className="flex w-full max-w-5xl flex-col gap-4 p-4 sm:p-6">
        {refresh.error instanceof ApiProblem && open !== 'document' && <FormProblem problem={refresh.error} />}
        {set.lastError !== null && !refresh.error && (
          <Callout tone="danger" title="It could not be reached">
            {set.lastError}
          </Callout>
        )}
        {set.status === 'needs_review' && (
          <Callout tone="warning" title="Some tools wait for you">
            New and changed ones are switched off until somebody has looked at what they say now.
          </Callout>
        )}
        {open === 'settings' && <ToolSetSettings set={set} onClose={() => setOpen(null)} />}
        {open === 'document' && (
          <NewDocumentForm
            action="Compare"
            onClose={() => setOpen(null)}
            send={async (document) => {
              await refresh.mutateAsync(document);
              setOpen(null);
            }}
          />
        )}
        {open === 'operations' && <ChangeOperations set={set} onClose={() => setOpen(null)} />}
        <ToolSetTools set={set} canWrite={canWrite} />
      </div>
      {open === 'delete' && <DeleteToolSet set={set} onClose={() => setOpen(null)} />}
    </>
  );
}
