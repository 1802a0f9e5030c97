import { useInfiniteQuery } from '@tanstack/react-query';
import { Field } from '@/shared/ui/field';
import { Select } from '@/shared/ui/select';
import { agentsQuery } from '@/shared/api/queries';
import type { Agent } from '@/shared/api/generated/schema';

const MAX_AGENTS = 100;

/** The published agents. */
export function usePublishedAgents(): {
  agents: readonly Agent[];
  isPending: boolean;
  error: unknown;
  retry: () => void;
} {
  const query = useInfiniteQuery(agentsQuery({ limit: MAX_AGENTS }));
  const agents =
    query.data?.pages.flatMap((page) => page.data).filter((agent) => agent.publishedVersion !== null) ?? [];
  return { agents, isPending: query.isPending, error: query.error, retry: () => void query.refetch() };
}

export interface AgentSelectProps {
  agents: readonly Agent[];
  value: string;
  /** A conversation stays with its agent. */
  disabled: boolean;
  onChange: (id: string) => void;
}

export function AgentSelect({ agents, value, disabled, onChange }: AgentSelectProps) {
  return (
    <Field
      label="Agent"
      hint={disabled ? 'A conversation stays with its agent; begin a new one for another.' : undefined}
    >
      {(control) => (
        <Select
          {...control}
          disabled={disabled}
          placeholder="Choose an agent"
          options={agents.map(({ id, name }) => ({ value: id, label: name }))}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
