import type { NodeKind } from './graph';

export type FieldEditor =
  | 'expression'
  | 'template'
  | 'model'
  | 'json-schema'
  | 'json'
  | 'text'
  | 'number'
  | 'select'
  | 'switch'
  | 'key-values'
  | 'string-list'
  | 'code'
  | 'node'
  | 'agent'
  | 'credential'
  | 'tool'
  | 'tools'
  | 'prompt-ref'
  | 'rows';

/** The parts of JSON Schema that forms are made of. */
export interface FieldSchema {
  type?: string | string[];
  title?: string;
  description?: string;
  'x-editor'?: string;
  enum?: unknown[];
  items?: FieldSchema;
  properties?: Record<string, FieldSchema>;
  required?: string[];
  additionalProperties?: FieldSchema | boolean;
  propertyNames?: FieldSchema;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  minItems?: number;
  maxItems?: number;
}

/** One field of a node's form. */
export interface FormField {
  /** Key in the configuration. */
  name: string;
  /** JSON pointer relative to the node: `/config/prompt`. */
  pointer: string;
  label: string;
  hint: string | undefined;
  editor: FieldEditor;
  required: boolean;
  schema: FieldSchema;
}

const EDITORS: ReadonlySet<string> = new Set<FieldEditor>([
  'expression',
  'template',
  'model',
  'json-schema',
  'json',
  'text',
  'number',
  'select',
  'switch',
  'key-values',
  'string-list',
  'code',
  'node',
  'credential',
  'tool',
  'tools',
  'prompt-ref',
]);

const known = new WeakMap<object, FormField[]>();

/** The form of a kind, in the order of its schema. What the schema does not say is told from the type. */
export function formFieldsOf(kind: Pick<NodeKind, 'configSchema'> | undefined): FormField[] {
  if (!kind) return [];
  const schema = kind.configSchema as { properties?: Record<string, FieldSchema>; required?: string[] };
  const cached = known.get(schema);
  if (cached) return cached;
  const required = new Set(schema.required ?? []);
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]): FormField => ({
    name,
    pointer: `/config/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    label: field.title ?? wordsOf(name),
    hint: field.description,
    editor: name === 'agentId' && field.format === 'uuid' ? 'agent' : editorOf(field),
    required: required.has(name),
    schema: field,
  }));
  known.set(schema, fields);
  return fields;
}

function editorOf(schema: FieldSchema): FieldEditor {
  const told = schema['x-editor'];
  // Rows are easier than the JSON that they stand for.
  if ((told === undefined || told === 'json') && rowColumnsOf(schema)) return 'rows';
  if (told !== undefined && EDITORS.has(told)) return told as FieldEditor;
  if (schema.enum) return 'select';
  switch (schema.type) {
    case 'boolean':
      return 'switch';
    case 'number':
    case 'integer':
      return 'number';
    case 'string':
      return 'text';
    case 'array':
      return schema.items?.type === 'string' ? 'string-list' : 'json';
    default:
      return 'json';
  }
}

/** One field of the things in a list. */
export interface RowColumn {
  name: string;
  label: string;
  type: 'string' | 'boolean';
  required: boolean;
}

const MOST_COLUMNS = 4;

/** The fields of the things in a list, when they are few and simple enough for a row each; otherwise null. */
export function rowColumnsOf({ type, items }: FieldSchema): RowColumn[] | null {
  const properties = Object.entries(items?.properties ?? {});
  if (type !== 'array' || properties.length === 0 || properties.length > MOST_COLUMNS) return null;
  const columns = properties.flatMap(([name, each]): RowColumn[] =>
    each.type === 'string' || each.type === 'boolean'
      ? [
          {
            name,
            label: each.title ?? wordsOf(name),
            type: each.type,
            required: items?.required?.includes(name) === true,
          },
        ]
      : [],
  );
  return columns.length === properties.length ? columns : null;
}

/** `maxTokens` → `Max tokens`. */
function wordsOf(name: string): string {
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
