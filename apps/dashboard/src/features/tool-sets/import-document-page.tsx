import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { toolSetsPreview } from '@/shared/api/generated/operations';
import type { OpenApiPreview } from '@/shared/api/generated/schema';
import { FormProblem } from '@/shared/forms/form-problem';
import { useServerForm } from '@/shared/forms/use-server-form';
import { Button } from '@/shared/ui/button';
import { PageHeader } from '@/shared/ui/page-header';
import { type DocumentSource, NO_SOURCE, sourceOf, type SourceValues } from './document-source';
import { DocumentSourceFields } from './document-source-fields';
import { ImportForm } from './import-form';
import { DISCOVERY_MS } from './tool-set-words';

interface Read {
  readonly source: DocumentSource;
  readonly preview: OpenApiPreview;
}

/** Importing an OpenAPI document: read it, then choose what of it becomes tools. */
export function ImportDocumentPage() {
  const [read, setRead] = useState<Read | null>(null);
  const form = useServerForm<SourceValues>(NO_SOURCE, async (values) => {
    const source = sourceOf(values);
    setRead({ source, preview: await toolSetsPreview({ body: source }, { deadlineMs: DISCOVERY_MS }) });
  });
  return (
    <>
      <PageHeader above={<Link to="/tools/sets">Tool sets</Link>} title="Import OpenAPI document" />
      <div className="flex max-w-4xl flex-col gap-4 p-4 sm:p-6">
        {read === null ? (
          <form onSubmit={form.submit} noValidate className="bg-surface flex flex-col gap-4 rounded-lg border p-4">
            <FormProblem problem={form.problem} />
            <DocumentSourceFields form={form} />
            <div className="flex gap-2">
              <Button type="submit" variant="primary" pending={form.formState.isSubmitting}>
                Read document
              </Button>
              <Button asChild>
                <Link to="/tools/sets">Cancel</Link>
              </Button>
            </div>
          </form>
        ) : (
          <ImportForm source={read.source} preview={read.preview} onBack={() => setRead(null)} />
        )}
      </div>
    </>
  );
}
