import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/shared/ui/button';
import { IconButton } from '@/shared/ui/icon-button';
import { Input } from '@/shared/ui/input';
import { ScopeCodeField } from '../code/scope-code-field';
import { useEditor } from '../editor-context';
import { pointerOf } from '../graph/json-pointer';
import { entryMessage } from '../graph/placed-problems';
import type { ConfigFieldProps } from './config-field';
import { useScope } from './use-scope';

/** Names with values, for example headers. A line without a name waits here until it has one. */
export function KeyValuesField({ node, field, error, onChange, onLeave }: ConfigFieldProps) {
  const { readOnly, problems } = useEditor();
  const scope = useScope(node);
  const [unnamed, setUnnamed] = useState<string | null>(null);
  const value = node.config[field.name];
  const entries = typeof value === 'object' && value !== null ? Object.entries(value as Record<string, unknown>) : [];
  const write = (next: [string, unknown][]) =>
    onChange(next.length === 0 && !field.required ? undefined : Object.fromEntries(next));
  const values = typeof field.schema.additionalProperties === 'object' ? field.schema.additionalProperties : {};
  const language = values['x-editor'] === 'expression' ? 'expression' : 'template';
  const names = entries.map(([name]) => name);
  return (
    <fieldset className="flex flex-col gap-1" onBlur={onLeave}>
      <legend className="mb-1 text-sm font-medium">
        {field.label}
        {!field.required && <span className="text-muted font-normal"> (optional)</span>}
      </legend>
      <ul className="flex flex-col gap-2">
        {entries.map(([name, text], index) => (
          <li key={index} data-field={field.pointer + pointerOf(name)} className="flex items-start gap-1">
            <div className="grid min-w-0 flex-1 grid-cols-[2fr_3fr] gap-1">
              <NameInput
                label={`${field.label}: name ${index + 1}`}
                name={name}
                taken={names.filter((each) => each !== name)}
                onRename={(next) => write(entries.map((entry, at) => (at === index ? [next, text] : entry)))}
              />
              <ScopeCodeField
                label={`${field.label}: value of ${name}`}
                language={language}
                scope={scope}
                value={typeof text === 'string' ? text : JSON.stringify(text)}
                minLines={1}
                readOnly={readOnly}
                invalid={entryMessage(problems, node.id, field.pointer, name) !== undefined}
                onChange={(next) => write(entries.map((entry, at) => (at === index ? [name, next] : entry)))}
              />
            </div>
            {!readOnly && (
              <IconButton
                size="md"
                label={`Remove ${name}`}
                icon={<Trash2 />}
                onClick={() => write(entries.filter((_, at) => at !== index))}
              />
            )}
          </li>
        ))}
        {unnamed !== null && (
          <li className="flex items-start gap-1">
            <NameInput
              autoFocus
              label={`${field.label}: new name`}
              name=""
              taken={names}
              onRename={(name) => {
                setUnnamed(null);
                write([...entries, [name, '']]);
              }}
            />
            <IconButton label="Remove the empty line" icon={<Trash2 />} onClick={() => setUnnamed(null)} />
          </li>
        )}
      </ul>
      {!readOnly && unnamed === null && (
        <Button size="sm" variant="quiet" icon={<Plus />} className="self-start" onClick={() => setUnnamed('')}>
          Add
        </Button>
      )}
      {error && <p className="text-danger text-sm">{error}</p>}
      {field.hint && <p className="text-muted text-sm">{field.hint}</p>}
    </fieldset>
  );
}

interface NameInputProps {
  label: string;
  name: string;
  taken: readonly string[];
  onRename: (name: string) => void;
  autoFocus?: boolean;
}

/** A name counts when it is left: while it is typed it would be another entry with every letter. */
function NameInput({ label, name, taken, onRename, autoFocus }: NameInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? name;
  const isTaken = shown !== name && taken.includes(shown.trim());
  const commit = () => {
    const next = shown.trim();
    if (next !== '' && next !== name && !isTaken) onRename(next);
    if (!isTaken) setTyped(null);
  };
  return (
    <span className="min-w-0 flex-1">
      <Input
        aria-label={label}
        autoFocus={autoFocus}
        placeholder="Name"
        value={shown}
        aria-invalid={isTaken || undefined}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && commit()}
      />
      {isTaken && <span className="text-danger text-sm">This name is there already.</span>}
    </span>
  );
}
