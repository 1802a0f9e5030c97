import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiProblem } from '@/shared/api/api-problem';
import { agentsCreate, templatesUse } from '@/shared/api/generated/operations';
import type { Template } from '@/shared/api/generated/schema';
import { templatesQuery } from '@/shared/api/queries';
import { FormProblem } from '@/shared/forms/form-problem';
import { required } from '@/shared/forms/rules';
import { useServerForm } from '@/shared/forms/use-server-form';
import { Badge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { ErrorState } from '@/shared/ui/error-state';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { PageHeader } from '@/shared/ui/page-header';
import { Skeleton } from '@/shared/ui/skeleton';

/** A new agent: empty, or from a template that already runs. */
export function NewAgentPage() {
  return (
    <>
      <PageHeader title="New agent" above={<Link to="/agents">Agents</Link>} />
      <div className="grid gap-10 p-4 sm:p-6 lg:grid-cols-[20rem_1fr]">
        <section aria-labelledby="empty-agent">
          <h2 id="empty-agent" className="font-semibold">
            Start empty
          </h2>
          <p className="text-muted mb-4">A start and an output; you draw the rest.</p>
          <EmptyAgentForm />
        </section>
        <section aria-labelledby="templates">
          <h2 id="templates" className="font-semibold">
            Start from a template
          </h2>
          <p className="text-muted mb-4">
            Published at once and ready to run with the built-in simulated model: no key needed.
          </p>
          <Templates />
        </section>
      </div>
    </>
  );
}

function useOpenAgent() {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  return async (agentId: string) => {
    void queryClient.invalidateQueries({ queryKey: ['agents', 'list'] });
    await navigate({ to: '/agents/$agentId', params: { agentId } });
  };
}

function EmptyAgentForm() {
  const open = useOpenAgent();
  const form = useServerForm({ name: '', description: '' }, async ({ name, description }) => {
    const agent = await agentsCreate({
      body: { name: name.trim(), ...(description.trim() && { description: description.trim() }) },
    });
    await open(agent.id);
  });
  return (
    <form onSubmit={form.submit} noValidate className="flex flex-col gap-4">
      <FormProblem problem={form.problem} />
      <Field label="Name" error={form.errorOf('name')} required>
        {(control) => <Input {...control} {...form.register('name', required('a name'))} />}
      </Field>
      <Field label="Description" error={form.errorOf('description')} required={false}>
        {(control) => <Input {...control} {...form.register('description')} />}
      </Field>
      <Button type="submit" variant="primary" className="self-start" pending={form.formState.isSubmitting}>
        Make agent
      </Button>
    </form>
  );
}

function Templates() {
  const templates = useQuery(templatesQuery());
  const open = useOpenAgent();
  const [chosen, setChosen] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const use = async (template: Template) => {
    setChosen(template.slug);
    setProblem(null);
    try {
      const agent = await templatesUse({ slug: template.slug, body: {} });
      await open(agent.id);
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.message : 'The template could not be used.');
    } finally {
      setChosen(null);
    }
  };
  if (templates.isPending) return <Skeleton className="h-40" />;
  if (templates.isError) {
    return (
      <ErrorState
        title="The templates could not be loaded"
        error={templates.error}
        onRetry={() => void templates.refetch()}
      />
    );
  }
  return (
    <>
      {problem && (
        <Callout tone="danger" announce className="mb-4">
          {problem}
        </Callout>
      )}
      <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {templates.data.data.map((template) => (
          <li key={template.slug} className="bg-surface flex flex-col rounded-lg border p-4">
            <h3 className="font-medium">{template.name}</h3>
            <p className="text-muted mt-1 flex-1 text-sm">{template.description}</p>
            <div className="mt-4 flex items-center justify-between gap-2">
              <Badge>{template.graph.nodes.length} steps</Badge>
              <Button
                size="sm"
                aria-label={`Use template ${template.name}`}
                pending={chosen === template.slug}
                disabled={chosen !== null && chosen !== template.slug}
                onClick={() => void use(template)}
              >
                Use template
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
