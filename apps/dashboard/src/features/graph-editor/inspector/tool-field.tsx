import { useQuery } from '@tanstack/react-query';
import { toolsQuery } from '@/shared/api/queries';
import { toolOptions } from '@/shared/tools/tool-words';
import { Field } from '@/shared/ui/field';
import { Select } from '@/shared/ui/select';
import { asText, type ConfigFieldProps } from './config-field';

/** One of the tools of this installation or of the organisation's own, with what it is for. */
export function ToolField({ node, field, error, onChange, onLeave }: ConfigFieldProps) {
  const tools = useQuery(toolsQuery()).data?.data ?? [];
  const value = asText(node.config[field.name]);
  const chosen = tools.find((tool) => tool.name === value);
  const options = toolOptions(tools, ({ name, effect }) =>
    effect === 'write' ? `${name} (may change something)` : name,
  );
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
