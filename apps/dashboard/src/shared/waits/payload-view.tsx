import { useState } from 'react';
import { Button } from '@/shared/ui/button';
import { JsonViewer } from '@/shared/ui/json-viewer';

const DEEPEST = 3;
const MOST_FIELDS = 60;

/** Of a list: what is to be decided must not stand far below. */
const ITEMS_AT_FIRST = 8;
const MOST_ITEMS = 200;
const LONG_TEXT = 600;

export interface PayloadViewProps {
  value: unknown;
  /** What it is, for the JSON view: "payload". */
  label: string;
}

/** What somebody has to judge, as fields with names; as JSON when asked for. Hostile values are only ever text. */
export function PayloadView({ value, label }: PayloadViewProps) {
  const [asJson, setAsJson] = useState(false);
  const isStructured = typeof value === 'object' && value !== null;
  return (
    <div className="min-w-0">
      {asJson ? (
        <JsonViewer value={value} label={label} openLevels={4} className="rounded-md border" />
      ) : (
        <PayloadValue value={value} depth={0} />
      )}
      {isStructured && (
        <Button size="sm" variant="quiet" className="mt-1 -ml-2" onClick={() => setAsJson(!asJson)}>
          {asJson ? 'Show as fields' : 'Show as JSON'}
        </Button>
      )}
    </div>
  );
}

function PayloadValue({ value, depth }: { value: unknown; depth: number }) {
  if (value === null || value === undefined || value === '') return <span className="text-muted">nothing</span>;
  if (typeof value === 'boolean') return <span>{value ? 'Yes' : 'No'}</span>;
  if (typeof value === 'string') return <LongText text={value} />;
  if (typeof value !== 'object') return <span className="tabular">{JSON.stringify(value)}</span>;
  if (depth >= DEEPEST) return <JsonViewer value={value} label="value" openLevels={0} className="rounded-md border" />;
  if (Array.isArray(value)) return <PayloadList items={value} depth={depth} />;
  const entries = Object.entries(value as Record<string, unknown>);
  if (entries.length === 0) return <span className="text-muted">nothing</span>;
  return (
    <dl className="flex flex-col gap-2">
      {entries.slice(0, MOST_FIELDS).map(([name, each]) => (
        <div key={name} className={isShort(each) ? 'sm:flex sm:gap-3' : ''}>
          <dt className="text-muted shrink-0 text-sm break-words sm:w-36">{fieldWords(name)}</dt>
          <dd className={isNested(each) ? 'border-line mt-1 border-l pl-3' : 'min-w-0 flex-1'}>
            <PayloadValue value={each} depth={depth + 1} />
          </dd>
        </div>
      ))}
      {entries.length > MOST_FIELDS && <More count={entries.length - MOST_FIELDS} />}
    </dl>
  );
}

function PayloadList({ items, depth }: { items: readonly unknown[]; depth: number }) {
  const [whole, setWhole] = useState(false);
  const most = whole ? MOST_ITEMS : ITEMS_AT_FIRST;
  if (items.length === 0) return <span className="text-muted">nothing</span>;
  return (
    <div>
      <ol className="list-decimal space-y-1 pl-7">
        {items.slice(0, most).map((item, index) => (
          <li key={index}>
            <PayloadValue value={item} depth={depth + 1} />
          </li>
        ))}
      </ol>
      {items.length > most && whole && <More count={items.length - most} />}
      {items.length > most && !whole && (
        <button type="button" className="text-accent min-h-6 underline" onClick={() => setWhole(true)}>
          show all {items.length.toLocaleString('en-US')}
        </button>
      )}
    </div>
  );
}

function More({ count }: { count: number }) {
  return <p className="text-muted text-sm">and {count.toLocaleString('en-US')} more: show it as JSON</p>;
}

function LongText({ text }: { text: string }) {
  const [whole, setWhole] = useState(false);
  const isCut = !whole && text.length > LONG_TEXT;
  return (
    <span className="break-words whitespace-pre-wrap">
      {isCut ? `${text.slice(0, LONG_TEXT)}… ` : text}
      {isCut && (
        <button type="button" className="text-accent min-h-6 underline" onClick={() => setWhole(true)}>
          show all {text.length.toLocaleString('en-US')} characters
        </button>
      )}
    </span>
  );
}

function isNested(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}

function isShort(value: unknown): boolean {
  return !isNested(value) && !Array.isArray(value) && (typeof value !== 'string' || value.length < 120);
}

/** `amountDue` → `Amount due`; what is no name in camel or snake case stays as it is. */
export function fieldWords(name: string): string {
  if (!/^[a-z][a-zA-Z0-9_]*$/.test(name)) return name;
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
