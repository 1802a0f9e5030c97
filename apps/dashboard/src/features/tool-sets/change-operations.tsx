import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toolSetsPreview, toolSetsRefresh } from '@/shared/api/generated/operations';
import type { OpenApiPreview, ToolSetDetail } from '@/shared/api/generated/schema';
import { FormProblem } from '@/shared/forms/form-problem';
import { useServerForm } from '@/shared/forms/use-server-form';
import { Button } from '@/shared/ui/button';
import { ErrorState } from '@/shared/ui/error-state';
import { SkeletonRows } from '@/shared/ui/skeleton';
import type { DocumentSource } from './document-source';
import { NewDocumentForm } from './new-document-form';
import { OperationsChooser } from './operations-chooser';
import { keepToolSet, TOOL_SETS } from './tool-set-queries';
import { DISCOVERY_MS } from './tool-set-words';

/** Other operations of the document of a set; a pasted one is asked for again, because only its tools were kept. */
export function ChangeOperations({ set, onClose }: { set: ToolSetDetail; onClose: () => void }) {
  const [document, setDocument] = useState<string | null>(null);
  if (set.documentUrl === null && document === null) {
    return (
      <NewDocumentForm
        action="Read document"
        onClose={onClose}
        send={(text) => {
          setDocument(text);
          return Promise.resolve();
        }}
      />
    );
  }
  const source = set.documentUrl === null ? { document: document ?? '' } : { documentUrl: set.documentUrl };
  return <ReadAndChoose set={set} source={source} onClose={onClose} />;
}

function ReadAndChoose({ set, source, onClose }: { set: ToolSetDetail; source: DocumentSource; onClose: () => void }) {
  const preview = useQuery({
    queryKey: [...TOOL_SETS, 'operations', set.id, source],
    queryFn: ({ signal }) => toolSetsPreview({ body: source }, { signal, deadlineMs: DISCOVERY_MS }),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
  if (preview.isPending) return <SkeletonRows label="operations" />;
  if (preview.isError) {
    return (
      <ErrorState title="The document could not be read" error={preview.error} onRetry={() => void preview.refetch()} />
    );
  }
  return <ChooseForm set={set} source={source} preview={preview.data} onClose={onClose} />;
}

interface ChooseFormProps {
  set: ToolSetDetail;
  source: DocumentSource;
  preview: OpenApiPreview;
  onClose: () => void;
}

function ChooseForm({ set, source, preview, onClose }: ChooseFormProps) {
  const queryClient = useQueryClient();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    new Set(set.tools.filter(({ state }) => state !== 'gone').map(({ remoteName }) => remoteName)),
  );
  const form = useServerForm({}, async () => {
    const body = { operations: [...chosen], ...('document' in source && source) };
    keepToolSet(queryClient, await toolSetsRefresh({ id: set.id, body }, { deadlineMs: DISCOVERY_MS }));
    onClose();
  });
  return (
    <form
      aria-label="Operations of the tool set"
      onSubmit={form.submit}
      noValidate
      className="bg-surface flex flex-col gap-4 rounded-lg border p-4"
    >
      <FormProblem problem={form.problem} />
      <OperationsChooser operations={preview.operations} chosen={chosen} onChange={setChosen} />
      <p className="text-muted text-sm">Tools that are not chosen any more are gone, and agents that use them fail.</p>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" disabled={chosen.size === 0} pending={form.formState.isSubmitting}>
          Save operations
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}
