import { useState } from 'react';
import type { PreviewedOperation } from '@/shared/api/generated/schema';
import { Badge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { Checkbox } from '@/shared/ui/checkbox';
import { Input } from '@/shared/ui/input';

export interface OperationsChooserProps {
  operations: readonly PreviewedOperation[];
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
}

/** A set has at most so many tools. */
const MOST = 200;

/** The operations of a document with a box before each; those that cannot be tools say why. */
export function OperationsChooser({ operations, chosen, onChange }: OperationsChooserProps) {
  const [search, setSearch] = useState('');
  const found = operations.filter((operation) => matches(operation, search));
  const choosable = found.filter(({ problem }) => problem === null).map(({ operation }) => operation);
  const toggle = (operation: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(operation);
    else next.delete(operation);
    onChange(next);
  };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-sm font-medium">Operations</legend>
      <div className="flex flex-wrap items-center gap-2">
        <Input
          type="search"
          aria-label="Search operations"
          placeholder="Search by path or purpose"
          className="max-w-72"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <Button
          size="sm"
          disabled={choosable.length === 0}
          onClick={() => onChange(new Set([...chosen, ...choosable].slice(0, MOST)))}
        >
          {search === '' ? 'Choose all' : 'Choose all found'}
        </Button>
        <Button size="sm" disabled={chosen.size === 0} onClick={() => onChange(new Set())}>
          Choose none
        </Button>
        <span role="status" className="text-muted text-sm">
          {chosen.size} of {operations.length} chosen{chosen.size >= MOST && `, which is the most`}
        </span>
      </div>
      {found.length === 0 ? (
        <p className="text-muted text-sm">
          {operations.length === 0 ? 'The document has no operations.' : `No operation matches “${search}”.`}
        </p>
      ) : (
        <ul className="max-h-128 divide-y overflow-y-auto rounded-md border">
          {found.map((operation) => (
            <OperationRow
              key={operation.operation}
              operation={operation}
              isChosen={chosen.has(operation.operation)}
              isFull={chosen.size >= MOST}
              onToggle={(on) => toggle(operation.operation, on)}
            />
          ))}
        </ul>
      )}
    </fieldset>
  );
}

interface OperationRowProps {
  operation: PreviewedOperation;
  isChosen: boolean;
  isFull: boolean;
  onToggle: (on: boolean) => void;
}

function OperationRow({ operation, isChosen, isFull, onToggle }: OperationRowProps) {
  const { method, path, summary, effect, deprecated, problem } = operation;
  return (
    <li className="px-3 py-2">
      <Checkbox
        checked={isChosen}
        disabled={problem !== null || (isFull && !isChosen)}
        onChange={(event) => onToggle(event.target.checked)}
        label={
          <span className="flex flex-wrap items-center gap-1.5">
            <span className="font-mono text-sm break-all">
              {method} {path}
            </span>
            {effect === 'write' && <Badge tone="warning">Changes something</Badge>}
            {deprecated && <Badge>Deprecated</Badge>}
          </span>
        }
        hint={
          problem === null ? (
            summary || undefined
          ) : (
            <>
              {summary && <span className="block">{summary}</span>}
              <span className="text-danger block">{problem}</span>
            </>
          )
        }
      />
    </li>
  );
}

function matches({ operation, method, path, summary, tags }: PreviewedOperation, search: string): boolean {
  const text = [operation, method, path, summary, ...tags].join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
