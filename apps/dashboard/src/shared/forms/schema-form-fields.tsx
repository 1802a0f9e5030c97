import { Checkbox } from '@/shared/ui/checkbox';
import { CodeField } from '@/shared/ui/code-field';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { Select } from '@/shared/ui/select';
import { Textarea } from '@/shared/ui/textarea';
import { fieldLabel, type SchemaField } from './schema-fields';
import type { SchemaFormState } from './use-schema-form';

export interface SchemaFormFieldsProps {
  form: SchemaFormState;
  /** Of the JSON field: "Input". */
  label: string;
  /** What the server said about a field, by its name. */
  messageOf: (name: string) => string | undefined;
}

/** The fields of a schema's form, or one for JSON. Stands inside of a `<form noValidate>`. */
export function SchemaFormFields({ form, label, messageOf }: SchemaFormFieldsProps) {
  const { fields, asJson, typed, type, json, typeJson, jsonProblem, problemOf } = form;
  if (asJson || fields === null) {
    return (
      <Field label={`${label} (JSON)`} error={jsonProblem}>
        {(control) => (
          <CodeField
            id={control.id}
            label={`${label} as JSON`}
            value={json}
            onChange={typeJson}
            invalid={jsonProblem !== undefined}
            describedBy={control['aria-describedby']}
          />
        )}
      </Field>
    );
  }
  return (
    <>
      {fields.map((field) => (
        <SchemaFieldControl
          key={field.name}
          field={field}
          value={typed[field.name]}
          error={problemOf(field) ?? messageOf(field.name)}
          onChange={(value) => type(field.name, value)}
        />
      ))}
      {jsonProblem !== undefined && <p className="text-danger text-sm">This is not JSON: {jsonProblem}</p>}
    </>
  );
}

interface SchemaFieldControlProps {
  field: SchemaField;
  value: string | boolean | undefined;
  error: string | undefined;
  onChange: (value: string | boolean) => void;
}

function SchemaFieldControl({ field, value, error, onChange }: SchemaFieldControlProps) {
  const label = fieldLabel(field);
  const hint = field.description || undefined;
  const text = typeof value === 'string' ? value : '';
  if (field.type === 'boolean') {
    return (
      <Checkbox
        label={label}
        hint={hint}
        checked={value === true}
        onChange={(event) => onChange(event.target.checked)}
      />
    );
  }
  return (
    <Field label={label} hint={hint} error={error} required={field.required}>
      {(control) => {
        if (field.options.length > 0) {
          const options = field.options.map((option) => ({ value: option, label: option }));
          return (
            <Select
              {...control}
              placeholder="Choose"
              options={options}
              value={text}
              onChange={(event) => onChange(event.target.value)}
            />
          );
        }
        if (field.type === 'string')
          return <Textarea {...control} rows={2} value={text} onChange={(event) => onChange(event.target.value)} />;
        if (field.type === 'number' || field.type === 'integer') {
          return (
            <Input
              {...control}
              type="number"
              step={field.type === 'integer' ? 1 : 'any'}
              value={text}
              onChange={(event) => onChange(event.target.value)}
            />
          );
        }
        return (
          <Textarea
            {...control}
            className="font-mono text-sm"
            placeholder={field.type === 'array' ? '[ … ]' : '{ … }'}
            rows={3}
            value={text}
            onChange={(event) => onChange(event.target.value)}
          />
        );
      }}
    </Field>
  );
}
