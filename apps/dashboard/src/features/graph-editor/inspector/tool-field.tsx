import { useQuery } from '@tanstack/react-query';
import { toolsQuery } from '@/shared/api/queries';
import { Field } from '@/shared/ui/field';
import { Select } from '@/shared/ui/select';
import { asText, type ConfigFieldProps } from './config-field';

/** One of the tools of this installation, with what it is for. */
export function ToolField({ node, field, error, onChange, onLeave }: ConfigFieldProps) {
  const tools = useQuery(toolsQuery()).data?.data ?? [];
  const value = asText(node.config[field.name]);
  const chosen = tools.find((tool) => tool.name === value);
  const options = tools.map(({ name, effect }) => ({
    value: name,
    label: effect === 'write' ? `${name} (may change something)` : name,
  }));
  return (
    <Field label={field.label} hint={chosen?.description ?? field.hint} error={error} required={field.required}>
      {(control) => (
        <Select
          {...control}
          placeholder={value === '' ? 'Choose a tool' : undefined}
          options={chosen || value === '' ? options : [{ value, label: value }, ...options]}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          onBlur={onLeave}
        />
      )}
    </Field>
  );
}

/** The id of a `<datalist>` with the names of the tools, for fields in which one is typed. */
export const TOOL_NAMES = 'names-of-tools';

export function ToolNames() {
  const tools = useQuery(toolsQuery()).data?.data ?? [];
  return (
    <datalist id={TOOL_NAMES}>
      {tools.map(({ name }) => (
        <option key={name} value={name} />
      ))}
    </datalist>
  );
}
