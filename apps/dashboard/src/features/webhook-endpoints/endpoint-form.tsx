import { useQuery } from '@tanstack/react-query';
import { webhookEndpointsCreate, webhookEndpointsUpdate } from '@/shared/api/generated/operations';
import type { WebhookEndpoint, WebhookEndpointWithSecret, WebhookEventType } from '@/shared/api/generated/schema';
import { FormProblem } from '@/shared/forms/form-problem';
import { required } from '@/shared/forms/rules';
import { useServerForm } from '@/shared/forms/use-server-form';
import { Button } from '@/shared/ui/button';
import { Checkbox } from '@/shared/ui/checkbox';
import { ErrorState } from '@/shared/ui/error-state';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { Textarea } from '@/shared/ui/textarea';
import { eventTypesQuery } from './endpoint-queries';

const USUAL_EVENTS: WebhookEventType[] = ['execution.succeeded', 'execution.failed'];

export interface EndpointFormProps {
  /** Null for a new one. */
  endpoint: WebhookEndpoint | null;
  /** With the secret for a new one. */
  onSaved: (created: WebhookEndpointWithSecret | null) => void;
  onCancel: () => void;
}

/** Where messages go and which events they tell of. */
export function EndpointForm({ endpoint, onSaved, onCancel }: EndpointFormProps) {
  const types = useQuery(eventTypesQuery());
  const form = useServerForm(
    {
      name: endpoint?.name ?? '',
      url: endpoint?.url ?? '',
      description: endpoint?.description ?? '',
      events: endpoint?.events ?? USUAL_EVENTS,
    },
    async ({ name, url, description, events }) => {
      const body = { name: name.trim(), url: url.trim(), description: description.trim(), events };
      if (endpoint === null) return onSaved(await webhookEndpointsCreate({ body }));
      await webhookEndpointsUpdate({ id: endpoint.id, body });
      onSaved(null);
    },
  );
  const eventsProblem = form.errorOf('events');
  return (
    <form onSubmit={form.submit} noValidate className="bg-surface mb-4 flex flex-col gap-4 rounded-lg border p-4">
      <h2 className="font-semibold">{endpoint ? `Change “${endpoint.name}”` : 'New webhook endpoint'}</h2>
      <FormProblem problem={form.problem} />
      <div className="flex flex-wrap items-start gap-4">
        <Field label="Name" error={form.errorOf('name')} className="w-64 max-w-full">
          {(control) => (
            <Input {...control} autoFocus autoComplete="off" {...form.register('name', required('a name'))} />
          )}
        </Field>
        <Field
          label="Address"
          error={form.errorOf('url')}
          hint="Gets a POST for each event. Private addresses are refused when it is called."
          className="min-w-64 flex-1"
        >
          {(control) => (
            <Input
              {...control}
              type="url"
              autoComplete="off"
              placeholder="https://example.org/agentflow"
              className="font-mono text-sm"
              {...form.register('url', {
                ...required('an address'),
                pattern: { value: /^\s*https?:\/\/\S+$/i, message: 'An address begins with https:// or http://.' },
              })}
            />
          )}
        </Field>
      </div>
      {types.isPending && <SkeletonRows label="event types" rows={4} />}
      {types.isError && (
        <ErrorState
          title="The event types could not be loaded"
          error={types.error}
          onRetry={() => void types.refetch()}
        />
      )}
      {types.data && (
        <fieldset aria-describedby={eventsProblem && 'events-problem'}>
          <legend className="mb-1 text-sm font-medium">Events</legend>
          <div className="grid gap-x-6 gap-y-2 lg:grid-cols-2">
            {types.data.data.map(({ type, description }) => (
              <Checkbox
                key={type}
                value={type}
                label={<span className="font-mono text-sm">{type}</span>}
                hint={description}
                {...form.register('events', {
                  validate: (chosen) => chosen.length > 0 || 'Choose at least one event.',
                })}
              />
            ))}
          </div>
          {eventsProblem && (
            <p id="events-problem" role="alert" className="text-danger mt-1 text-sm">
              {eventsProblem}
            </p>
          )}
        </fieldset>
      )}
      <Field label="Description" required={false} error={form.errorOf('description')}>
        {(control) => <Textarea {...control} rows={2} maxLength={1000} {...form.register('description')} />}
      </Field>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={form.formState.isSubmitting}>
          {endpoint ? 'Save endpoint' : 'Make endpoint'}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
