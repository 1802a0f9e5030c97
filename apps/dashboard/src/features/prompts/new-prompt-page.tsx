import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { promptsCreate } from '@/shared/api/generated/operations';
import { FormProblem } from '@/shared/forms/form-problem';
import { useServerForm } from '@/shared/forms/use-server-form';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { PageHeader } from '@/shared/ui/page-header';

const NAME_RULE = {
  required: 'Enter a name.',
  maxLength: { value: 64, message: 'Use at most 64 characters.' },
  pattern: {
    value: /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
    message: 'Use small letters and digits with single hyphens between them, for example ticket-summary.',
  },
};

/** A new prompt: its name; the first draft is a small one that works. */
export function NewPromptPage() {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const form = useServerForm({ name: '', description: '' }, async ({ name, description }) => {
    const prompt = await promptsCreate({
      body: { name: name.trim(), ...(description.trim() && { description: description.trim() }) },
    });
    void queryClient.invalidateQueries({ queryKey: ['prompts', 'list'] });
    await navigate({ to: '/prompts/$promptId', params: { promptId: prompt.id } });
  });
  return (
    <>
      <PageHeader title="New prompt" above={<Link to="/prompts">Prompts</Link>} />
      <form onSubmit={form.submit} noValidate className="flex max-w-lg flex-col gap-4 p-4 sm:p-6">
        <FormProblem problem={form.problem} />
        <Field
          label="Name"
          error={form.errorOf('name')}
          required
          hint="Agents call the prompt by it, for example ticket-summary."
        >
          {(control) => (
            <Input
              {...control}
              className="font-mono"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              {...form.register('name', NAME_RULE)}
            />
          )}
        </Field>
        <Field label="Description" error={form.errorOf('description')} required={false}>
          {(control) => <Input {...control} maxLength={2_000} {...form.register('description')} />}
        </Field>
        <Button type="submit" variant="primary" className="self-start" pending={form.formState.isSubmitting}>
          Make prompt
        </Button>
      </form>
    </>
  );
}
