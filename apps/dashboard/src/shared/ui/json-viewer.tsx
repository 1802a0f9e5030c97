import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { classNames } from './class-names';
import { CopyButton } from './copy-button';

export interface JsonViewerProps {
  value: unknown;
  /** What it is, for the copy button: "output". */
  label: string;
  /** How many levels are open at first. */
  openLevels?: number;
  className?: string;
}

const SHOWN_AT_ONCE = 100;
const LONG_TEXT = 400;

/** JSON that folds, with a copy button. Hostile values are only ever text. */
export function JsonViewer({ value, label, openLevels = 2, className }: JsonViewerProps) {
  if (value === undefined) return <p className="text-muted p-3">Nothing</p>;
  return (
    <div className={classNames('group/json relative min-w-0', className)}>
      <div className="bg-surface absolute top-1 right-1 z-10 rounded-md">
        <CopyButton text={() => (typeof value === 'string' ? value : JSON.stringify(value, null, 2))} label={label} />
      </div>
      <div className="overflow-x-auto p-3 pr-10 font-mono text-sm leading-5">
        <JsonNode value={value} depth={0} openLevels={openLevels} />
      </div>
    </div>
  );
}

interface JsonNodeProps {
  name?: string;
  value: unknown;
  depth: number;
  openLevels: number;
}

function JsonNode({ name, value, depth, openLevels }: JsonNodeProps) {
  const [open, setOpen] = useState(depth < openLevels);
  const [shown, setShown] = useState(SHOWN_AT_ONCE);
  if (typeof value !== 'object' || value === null) {
    return (
      <div className="pl-4">
        <JsonName name={name} />
        <JsonScalar value={value} />
      </div>
    );
  }
  const isArray = Array.isArray(value);
  const entries = Object.entries(value as Record<string, unknown>);
  const summary = isArray ? `[${entries.length}]` : entries.length === 0 ? '{}' : `{${entries.length}}`;
  if (entries.length === 0) {
    return (
      <div className="pl-4">
        <JsonName name={name} />
        <span className="text-muted">{isArray ? '[]' : '{}'}</span>
      </div>
    );
  }
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        className="hover:bg-hover flex min-h-6 items-center rounded-sm pr-1 text-left"
        onClick={() => setOpen(!open)}
      >
        <ChevronRight aria-hidden className={classNames('text-muted size-4 shrink-0', open && 'rotate-90')} />
        <JsonName name={name} />
        <span className="text-muted">{summary}</span>
      </button>
      {open && (
        <div className="border-line ml-2 border-l pl-2">
          {entries.slice(0, shown).map(([key, each]) => (
            <JsonNode key={key} name={key} value={each} depth={depth + 1} openLevels={openLevels} />
          ))}
          {entries.length > shown && (
            <button
              type="button"
              className="text-accent min-h-6 pl-4 underline"
              onClick={() => setShown(shown + SHOWN_AT_ONCE * 10)}
            >
              {entries.length - shown} more
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function JsonName({ name }: { name?: string }) {
  return name === undefined ? null : <span className="text-accent mr-1 whitespace-pre">{name}:</span>;
}

function JsonScalar({ value }: { value: unknown }) {
  const [whole, setWhole] = useState(false);
  if (typeof value !== 'string') return <span className="text-warning">{String(value)}</span>;
  const cut = !whole && value.length > LONG_TEXT;
  return (
    <span className="break-words whitespace-pre-wrap">
      {JSON.stringify(cut ? value.slice(0, LONG_TEXT) : value)}
      {cut && (
        <button type="button" className="text-accent min-h-6 pl-1 underline" onClick={() => setWhole(true)}>
          show all {value.length.toLocaleString('en-US')} characters
        </button>
      )}
    </span>
  );
}
