import { useInfiniteQuery } from '@tanstack/react-query';
import { agentsQuery, versionsQuery } from '@/shared/api/queries';
import { required } from '@/shared/forms/rules';
import type { ServerForm } from '@/shared/forms/use-server-form';
import { Field } from '@/shared/ui/field';
import { Select } from '@/shared/ui/select';

/** What every form of a trigger has: which agent, and which version of it; an empty text stands for the latest. */
export interface TargetValues {
  agentId: string;
  version: string;
}

export interface TriggerTargetFieldsProps {
  form: ServerForm<TargetValues>;
  agentId: string;
  /** The agent of a trigger that exists stays. */
  fixedAgent?: string;
}

export function TriggerTargetFields({ form, agentId, fixedAgent }: TriggerTargetFieldsProps) {
  const agents = useInfiniteQuery(agentsQuery({ limit: 100 }));
  const versions = useInfiniteQuery({ ...versionsQuery(agentId), enabled: agentId !== '' });
  const runnable = (agents.data?.pages ?? [])
    .flatMap((page) => page.data)
    .filter((agent) => agent.publishedVersion !== null);
  const numbers = (versions.data?.pages ?? []).flatMap((page) => page.data).map(({ number }) => String(number));
  const latest = { value: '', label: 'Latest published' };
  const chosen = form.getValues('version');
  const shown = chosen === '' || numbers.includes(chosen) ? numbers : [chosen, ...numbers];
  return (
    <div className="flex flex-wrap items-start gap-4">
      <Field
        label="Agent"
        error={form.errorOf('agentId')}
        hint={agents.isSuccess && runnable.length === 0 ? 'Publish an agent first.' : undefined}
        className="w-64 max-w-full"
      >
        {(control) =>
          fixedAgent !== undefined ? (
            <Select {...control} disabled options={[{ value: agentId, label: fixedAgent }]} />
          ) : (
            <Select
              {...control}
              placeholder="Choose"
              options={runnable.map(({ id, name }) => ({ value: id, label: name }))}
              {...form.register('agentId', required('an agent'))}
            />
          )
        }
      </Field>
      <Field label="Version" error={form.errorOf('version')} className="w-44">
        {(control) => (
          <Select
            {...control}
            options={[latest, ...shown.map((number) => ({ value: number, label: `Version ${number}` }))]}
            {...form.register('version')}
          />
        )}
      </Field>
    </div>
  );
}
