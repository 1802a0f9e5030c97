import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useId, useRef } from 'react';
import { Button } from '@/shared/ui/button';
import { IconButton } from '@/shared/ui/icon-button';
import { Input } from '@/shared/ui/input';
import { useEditor } from '../editor-context';
import { entryMessage } from '../graph/placed-problems';
import { pointerOf } from '../graph/json-pointer';
import type { ConfigFieldProps } from './config-field';

/** Texts in an order, for example the cases of a switch. Enter adds one after the present one. */
export function StringListField({ node, field, error, onChange, onLeave }: ConfigFieldProps) {
  const { readOnly, problems } = useEditor();
  const list = useRef<HTMLUListElement>(null);
  const hintId = useId();
  const value = node.config[field.name];
  const entries = Array.isArray(value)
    ? value.map((each) => (typeof each === 'string' ? each : JSON.stringify(each)))
    : [];
  const write = (next: string[]) => onChange(next.length === 0 && !field.required ? undefined : next);
  const focus = (index: number) => setTimeout(() => list.current?.querySelectorAll('input')[index]?.focus(), 0);
  const addAfter = (index: number) => {
    write([...entries.slice(0, index + 1), '', ...entries.slice(index + 1)]);
    focus(index + 1);
  };
  const remove = (index: number) => {
    write(entries.filter((_, at) => at !== index));
    focus(Math.max(0, index - 1));
  };
  const swap = (index: number, other: number) => {
    const next = [...entries];
    [next[index], next[other]] = [next[other] ?? '', next[index] ?? ''];
    write(next);
    focus(other);
  };
  return (
    <fieldset className="flex flex-col gap-1" aria-describedby={hintId} onBlur={onLeave}>
      <legend className="mb-1 text-sm font-medium">{field.label}</legend>
      <ul ref={list} className="flex flex-col gap-1">
        {entries.map((entry, index) => (
          <li key={index} data-field={field.pointer + pointerOf(index)} className="flex items-center gap-1">
            <Input
              aria-label={`${field.label} ${index + 1}`}
              aria-invalid={entryMessage(problems, node.id, field.pointer, index) ? true : undefined}
              value={entry}
              onChange={(event) => write(entries.map((each, at) => (at === index ? event.target.value : each)))}
              onKeyDown={(event) => {
                if (event.key === 'Enter') {
                  event.preventDefault();
                  addAfter(index);
                } else if (event.key === 'Backspace' && entry === '' && entries.length > 1) {
                  event.preventDefault();
                  remove(index);
                }
              }}
            />
            {!readOnly && (
              <>
                <IconButton
                  size="sm"
                  label={`Move ${entry || 'entry'} up`}
                  icon={<ArrowUp />}
                  disabled={index === 0}
                  onClick={() => swap(index, index - 1)}
                />
                <IconButton
                  size="sm"
                  label={`Move ${entry || 'entry'} down`}
                  icon={<ArrowDown />}
                  disabled={index === entries.length - 1}
                  onClick={() => swap(index, index + 1)}
                />
                <IconButton
                  size="sm"
                  label={`Remove ${entry || 'entry'}`}
                  icon={<Trash2 />}
                  onClick={() => remove(index)}
                />
              </>
            )}
          </li>
        ))}
      </ul>
      {!readOnly && (
        <Button
          size="sm"
          variant="quiet"
          icon={<Plus />}
          className="self-start"
          onClick={() => addAfter(entries.length - 1)}
        >
          Add
        </Button>
      )}
      {error && <p className="text-danger text-sm">{error}</p>}
      <p id={hintId} className="text-muted text-sm">
        {field.hint}
      </p>
    </fieldset>
  );
}
