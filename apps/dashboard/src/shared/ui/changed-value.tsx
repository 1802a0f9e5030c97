/** A value before and after a change, side by side. Hostile values are only ever text. */
export function ChangedValue({ before, after }: { before: unknown; after: unknown }) {
  return (
    <div className="mt-1 grid gap-2 sm:grid-cols-2">
      <Side label="before" value={before} tone="bg-danger-soft" />
      <Side label="after" value={after} tone="bg-success-soft" />
    </div>
  );
}

function Side({ label, value, tone }: { label: string; value: unknown; tone: string }) {
  const text = typeof value === 'string' ? value : value === undefined ? 'not set' : JSON.stringify(value, null, 2);
  return (
    <div className={`${tone} min-w-0 rounded-sm p-2`}>
      <p className="text-muted text-xs">{label}</p>
      <pre className="font-mono text-sm break-words whitespace-pre-wrap">{text === '' ? 'empty' : text}</pre>
    </div>
  );
}
