import { useState } from 'react';
import { fieldLabel, isMissing, schemaFieldsOf, valuesOf, type SchemaField, type TypedValues } from './schema-fields';

export interface SchemaFormState {
  /** Null when the schema is too rich for fields. */
  fields: readonly SchemaField[] | null;
  asJson: boolean;
  /** Changes between fields and JSON; absent where there is only JSON. */
  toggle: (() => void) | null;
  typed: TypedValues;
  type: (name: string, value: string | boolean) => void;
  json: string;
  typeJson: (json: string) => void;
  jsonProblem: string | undefined;
  /** What is wrong with a field, as far as the form itself can tell once it was sent. */
  problemOf: (field: SchemaField) => string | undefined;
  /** What was typed, or null when it cannot be sent yet; then the form says why. */
  read: () => Record<string, unknown> | null;
  /** The same without asking for what is missing; undefined when nothing was typed at all. */
  readTyped: () => Record<string, unknown> | null | undefined;
}

/**
 * What somebody types into a form that is made from a JSON Schema: a field per property, or JSON where that is not enough.
 * @param takesAnything a schema that names no field asks for JSON instead of nothing
 */
export function useSchemaForm(schema: unknown, takesAnything = false): SchemaFormState {
  const named = schemaFieldsOf(schema);
  const fields = takesAnything && named?.length === 0 ? null : named;
  const [wantsJson, setWantsJson] = useState(false);
  const [typed, setTyped] = useState<TypedValues>({});
  const [json, setJson] = useState('{}');
  const [jsonProblem, setJsonProblem] = useState<string | undefined>();
  const [wasRead, setWasRead] = useState(false);
  const asJson = wantsJson || fields === null;

  const parse = (named: readonly SchemaField[]) => {
    setJsonProblem(undefined);
    try {
      return asJson ? objectOf(json) : valuesOf(named, typed);
    } catch (error) {
      setJsonProblem(error instanceof Error ? error.message : 'This is not JSON.');
      return null;
    }
  };
  const read = () => {
    setWasRead(true);
    return !asJson && fields.some((field) => isMissing(field, typed)) ? null : parse(fields ?? []);
  };
  const readTyped = () => {
    const filled = (fields ?? []).filter(({ name }) => (typed[name] ?? '') !== '');
    return asJson ? (json.trim() === '{}' ? undefined : parse([])) : filled.length === 0 ? undefined : parse(filled);
  };
  const toggle = () => {
    if (!asJson) {
      try {
        setJson(JSON.stringify(valuesOf(fields, typed), null, 2));
      } catch {
        // What was typed is not JSON yet; the text field starts with what it had before.
      }
    }
    setJsonProblem(undefined);
    setWantsJson(!wantsJson);
  };
  return {
    fields,
    asJson,
    toggle: fields === null ? null : toggle,
    typed,
    type: (name, value) => setTyped((before) => ({ ...before, [name]: value })),
    json,
    typeJson: setJson,
    jsonProblem,
    problemOf: (field) => (wasRead && isMissing(field, typed) ? `Fill in ${fieldLabel(field)}.` : undefined),
    read,
    readTyped,
  };
}

/** @throws Error for people when the text is not a JSON object */
function objectOf(json: string): Record<string, unknown> {
  const value: unknown = JSON.parse(json);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('Write a JSON object: { … }');
  return value as Record<string, unknown>;
}
