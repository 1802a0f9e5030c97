import { FormProblem } from '@/shared/forms/form-problem';
import { required } from '@/shared/forms/rules';
import { useServerForm } from '@/shared/forms/use-server-form';
import { Button } from '@/shared/ui/button';
import { DocumentTextField } from './document-text-field';

export interface NewDocumentFormProps {
  /** The verb on its button. */
  action: string;
  send: (document: string) => Promise<void>;
  onClose: () => void;
}

/** Asks for the text of a document that was pasted: only the tools made from it were kept. */
export function NewDocumentForm({ action, send, onClose }: NewDocumentFormProps) {
  const form = useServerForm<{ document: string }>({ document: '' }, ({ document }) => send(document));
  return (
    <form
      aria-label="New text of the document"
      onSubmit={form.submit}
      noValidate
      className="bg-surface flex flex-col gap-4 rounded-lg border p-4"
    >
      <FormProblem problem={form.problem} />
      <DocumentTextField
        error={form.errorOf('document')}
        field={form.register('document', required('the text of the document'))}
        onRead={(text) => form.setValue('document', text, { shouldValidate: true })}
      />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={form.formState.isSubmitting}>
          {action}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}
