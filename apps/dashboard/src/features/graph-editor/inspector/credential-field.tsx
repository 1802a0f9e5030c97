import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { toolsQuery } from '@/shared/api/queries';
import { CredentialSelect } from '@/shared/credentials/credential-select';
import { Field } from '@/shared/ui/field';
import { asText, textToConfig, type ConfigFieldProps } from './config-field';

/** One of the credentials that fit the node: those of the chosen tool, or those that are attached to web requests. */
export function CredentialField({ node, field, error, onChange, onLeave }: ConfigFieldProps) {
  const isTool = node.kind === 'tool';
  const tools = useQuery({ ...toolsQuery(), enabled: isTool }).data?.data ?? [];
  const kinds = tools.find(({ name }) => isTool && name === node.config.tool)?.credential?.kinds ?? [];
  return (
    <Field
      label={field.label}
      error={error}
      required={field.required}
      hint={
        <>
          {field.hint}{' '}
          <Link to="/credentials" className="underline">
            Credentials
          </Link>
        </>
      }
    >
      {(control) => (
        <CredentialSelect
          control={control}
          kinds={kinds}
          value={asText(node.config[field.name])}
          onChange={(id) => onChange(textToConfig(id, field.required))}
          onBlur={onLeave}
        />
      )}
    </Field>
  );
}
