import { ChevronRight, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Checkbox } from '@/shared/ui/checkbox';
import { classNames } from '@/shared/ui/class-names';
import { Field } from '@/shared/ui/field';
import type { SchemaField, SchemaFieldType } from '@/shared/forms/schema-fields';
import { IconButton } from '@/shared/ui/icon-button';
import { Input } from '@/shared/ui/input';
import { Select } from '@/shared/ui/select';
import { useEditor } from '../editor-context';

const TYPES: readonly { value: SchemaFieldType; label: string }[] = [
  { value: 'string', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'integer', label: 'Whole number' },
  { value: 'boolean', label: 'Yes or no' },
  { value: 'array', label: 'List' },
  { value: 'object', label: 'Object' },
];

export interface StartFieldRowProps {
  field: SchemaField;
  taken: readonly string[];
  open: boolean;
  onToggle: (open: boolean) => void;
  onChange: (field: SchemaField) => void;
  onRemove: () => void;
}

/** One field of the input, folded to its name and type. */
export function StartFieldRow({ field, taken, open, onToggle, onChange, onRemove }: StartFieldRowProps) {
  const { readOnly } = useEditor();
  const typeWord = TYPES.find((type) => type.value === field.type)?.label ?? field.type;
  return (
    <li>
      <div className="flex items-center gap-1 pr-1">
        <button
          type="button"
          aria-expanded={open}
          className="hover:bg-hover flex min-h-9 min-w-0 flex-1 items-center gap-2 rounded-md px-2 text-left"
          onClick={() => onToggle(!open)}
        >
          <ChevronRight aria-hidden className={classNames('text-muted size-4 shrink-0', open && 'rotate-90')} />
          <span className="truncate font-mono text-sm">{field.name}</span>
          <span className="text-muted ml-auto text-sm whitespace-nowrap">
            {typeWord}
            {!field.required && ', optional'}
          </span>
        </button>
        {!readOnly && <IconButton size="sm" label={`Remove ${field.name}`} icon={<Trash2 />} onClick={onRemove} />}
      </div>
      {open && (
        <div className="flex flex-col gap-3 px-3 pb-3">
          <div className="grid grid-cols-2 gap-3">
            <NameField field={field} taken={taken} onChange={onChange} />
            <Field label="Type">
              {(control) => (
                <Select
                  {...control}
                  options={TYPES}
                  value={field.type}
                  onChange={(event) => onChange({ ...field, type: event.target.value as SchemaFieldType })}
                />
              )}
            </Field>
          </div>
          <Checkbox
            label="Required"
            checked={field.required}
            onChange={(event) => onChange({ ...field, required: event.target.checked })}
          />
          <Field label="Label" required={false} hint="Above the field in forms.">
            {(control) => (
              <Input
                {...control}
                value={field.title}
                placeholder={field.name}
                onChange={(event) => onChange({ ...field, title: event.target.value })}
              />
            )}
          </Field>
          <Field label="Description" required={false}>
            {(control) => (
              <Input
                {...control}
                value={field.description}
                onChange={(event) => onChange({ ...field, description: event.target.value })}
              />
            )}
          </Field>
          {field.type === 'string' && <OptionsField field={field} onChange={onChange} />}
        </div>
      )}
    </li>
  );
}

/** Counts when it is left: every letter on the way would be another field. */
function NameField({ field, taken, onChange }: Pick<StartFieldRowProps, 'field' | 'taken' | 'onChange'>) {
  const [typed, setTyped] = useState<string | null>(null);
  const name = (typed ?? field.name).trim();
  const problem = name === '' ? 'Enter a name.' : taken.includes(name) ? 'This name is there already.' : undefined;
  const commit = () => {
    if (problem === undefined && name !== field.name) onChange({ ...field, name });
    if (problem === undefined) setTyped(null);
  };
  return (
    <Field label="Name" error={problem}>
      {(control) => (
        <Input
          {...control}
          className="font-mono"
          spellCheck={false}
          value={typed ?? field.name}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => event.key === 'Enter' && commit()}
        />
      )}
    </Field>
  );
}

/** A comma is typed before what follows it, so the text is only taken apart when it is left. */
function OptionsField({ field, onChange }: Pick<StartFieldRowProps, 'field' | 'onChange'>) {
  const [typed, setTyped] = useState<string | null>(null);
  const commit = () => {
    if (typed === null) return;
    const options = [
      ...new Set(
        typed
          .split(',')
          .map((each) => each.trim())
          .filter((each) => each !== ''),
      ),
    ];
    setTyped(null);
    if (options.join('\n') !== field.options.join('\n')) onChange({ ...field, options });
  };
  return (
    <Field label="Allowed values" required={false} hint="Separated by commas. Empty: any text.">
      {(control) => (
        <Input
          {...control}
          value={typed ?? field.options.join(', ')}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={commit}
        />
      )}
    </Field>
  );
}
