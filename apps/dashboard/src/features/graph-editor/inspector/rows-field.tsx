import { Plus, Trash2 } from 'lucide-react';
import { useId, useRef } from 'react';
import { Button } from '@/shared/ui/button';
import { Checkbox } from '@/shared/ui/checkbox';
import { IconButton } from '@/shared/ui/icon-button';
import { Input } from '@/shared/ui/input';
import { useEditor } from '../editor-context';
import { withField } from '../graph/edit-nodes';
import { rowColumnsOf, type RowColumn } from '../graph/form-fields';
import { pointerOf } from '../graph/json-pointer';
import { fieldMessage } from '../graph/placed-problems';
import type { ConfigFieldProps } from './config-field';

type Row = Record<string, unknown>;

/** A list of small things with a few fields each, for example the labels of a classification. */
export function RowsField({ node, field, error, onChange, onLeave }: ConfigFieldProps) {
  const { readOnly, problems } = useEditor();
  const list = useRef<HTMLUListElement>(null);
  const hintId = useId();
  const columns = rowColumnsOf(field.schema) ?? [];
  const value = node.config[field.name];
  const rows = Array.isArray(value) ? value.map((each): Row => (isRow(each) ? each : {})) : [];
  const change = (index: number, name: string, next: unknown) =>
    onChange(rows.map((row, at) => (at === index ? withField(row, name, next) : row)));
  const add = () => {
    const first = columns[0];
    onChange([...rows, first ? { [first.name]: '' } : {}]);
    setTimeout(() => list.current?.querySelector<HTMLElement>('li:last-child input')?.focus(), 0);
  };
  return (
    <fieldset className="flex flex-col gap-1" aria-describedby={hintId} onBlur={onLeave}>
      <legend className="mb-1 text-sm font-medium">{field.label}</legend>
      <ul ref={list} className="flex flex-col gap-2">
        {rows.map((row, index) => (
          <li key={index} className="flex items-start gap-1">
            <div className="grid min-w-0 flex-1 gap-1">
              {columns.map((column) => (
                <RowCell
                  key={column.name}
                  column={column}
                  label={`${field.label} ${index + 1}: ${column.label}`}
                  pointer={field.pointer + pointerOf(index, column.name)}
                  message={fieldMessage(problems, node.id, field.pointer + pointerOf(index, column.name))}
                  value={row[column.name]}
                  onChange={(next) => change(index, column.name, next)}
                />
              ))}
            </div>
            {!readOnly && (
              <IconButton
                label={`Remove ${field.label} ${index + 1}`}
                icon={<Trash2 />}
                onClick={() => onChange(rows.filter((_, at) => at !== index))}
              />
            )}
          </li>
        ))}
      </ul>
      {!readOnly && (
        <Button size="sm" variant="quiet" icon={<Plus />} className="self-start" onClick={add}>
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

interface RowCellProps {
  column: RowColumn;
  label: string;
  pointer: string;
  message: string | undefined;
  value: unknown;
  onChange: (value: unknown) => void;
}

function RowCell({ column, label, pointer, message, value, onChange }: RowCellProps) {
  if (column.type === 'boolean') {
    return (
      <div data-field={pointer}>
        <Checkbox
          label={column.label}
          aria-label={label}
          checked={value === true}
          onChange={(event) => onChange(event.target.checked || undefined)}
        />
      </div>
    );
  }
  return (
    <div data-field={pointer}>
      <Input
        aria-label={label}
        aria-invalid={message ? true : undefined}
        placeholder={column.required ? column.label : `${column.label} (optional)`}
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => onChange(event.target.value === '' && !column.required ? undefined : event.target.value)}
      />
    </div>
  );
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
