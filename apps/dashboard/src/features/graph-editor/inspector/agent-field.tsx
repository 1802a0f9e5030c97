import { useInfiniteQuery } from '@tanstack/react-query';
import { agentsQuery } from '@/shared/api/queries';
import { Field } from '@/shared/ui/field';
import { Select } from '@/shared/ui/select';
import { useEditor } from '../editor-context';
import { asText, textToConfig, type ConfigFieldProps } from './config-field';

/** One of the organisation's agents that have been published. */
export function AgentField({ node, field, error, onChange, onLeave }: ConfigFieldProps) {
  const { agentId } = useEditor();
  const agents = useInfiniteQuery(agentsQuery({ limit: 100 }));
  const value = asText(node.config[field.name]);
  const listed = (agents.data?.pages ?? []).flatMap((page) => page.data);
  const options = listed.map((agent) => ({
    value: agent.id,
    label:
      agent.publishedVersion === null
        ? `${agent.name} (not published)`
        : agent.id === agentId
          ? `${agent.name} (this agent)`
          : agent.name,
    disabled: agent.publishedVersion === null,
  }));
  const isListed = value === '' || listed.some((agent) => agent.id === value);
  return (
    <Field label={field.label} hint={field.hint} error={error} required={field.required}>
      {(control) => (
        <Select
          {...control}
          placeholder={field.required ? (value === '' ? 'Choose an agent' : undefined) : 'None'}
          options={isListed ? options : [{ value, label: value }, ...options]}
          value={value}
          onChange={(event) => onChange(textToConfig(event.target.value, field.required))}
          onBlur={onLeave}
        />
      )}
    </Field>
  );
}
