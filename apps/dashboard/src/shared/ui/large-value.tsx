import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { PayloadReference } from '@/shared/api/generated/schema';
import { payloadQuery } from '@/shared/api/queries';
import { formatBytes } from '@/shared/format/format-bytes';
import { Button } from './button';
import { ErrorState } from './error-state';
import { JsonViewer } from './json-viewer';
import { SkeletonRows } from './skeleton';

/** More than this freezes the page for too long while it is read. */
const SHOWN_BYTES = 16 * 1024 * 1024;

export interface LargeValueProps {
  executionId: string;
  reference: PayloadReference;
  /** What it is: "output". */
  label: string;
  /** Shows the value once it is there; as JSON that folds when absent. */
  children?: (value: unknown) => ReactNode;
}

/** A value that did not come along because of its size: how it begins, and the whole of it when asked for. */
export function LargeValue({ executionId, reference, label, children }: LargeValueProps) {
  const [wanted, setWanted] = useState(false);
  const value = useQuery({ ...payloadQuery(executionId, reference.hash), enabled: wanted });
  const download = useDownload(executionId, reference, label);
  const canShow = reference.bytes <= SHOWN_BYTES;
  return (
    <div className="min-w-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-3 py-2 text-sm">
        <span className="text-muted tabular">{formatBytes(reference.bytes)}</span>
        {canShow && !wanted && (
          <Button size="sm" onClick={() => setWanted(true)}>
            Load {label}
          </Button>
        )}
        <Button size="sm" icon={<Download />} disabled={download.isBusy} onClick={download.start}>
          {download.isBusy ? 'Downloading…' : `Download ${label}`}
        </Button>
        {!canShow && <span className="text-muted">Too large to show here</span>}
        {download.error !== null && (
          <span role="alert" className="text-danger">
            The download failed. {download.error}
          </span>
        )}
      </div>
      {!wanted && <Beginning text={reference.preview} label={label} />}
      {wanted && value.isPending && <SkeletonRows label={label} rows={4} />}
      {wanted && value.isError && (
        <ErrorState
          title={`The ${label} could not be loaded`}
          error={value.error}
          onRetry={() => void value.refetch()}
        />
      )}
      {wanted &&
        value.isSuccess &&
        (children ? children(value.data) : <JsonViewer value={value.data} label={label} openLevels={1} />)}
    </div>
  );
}

function Beginning({ text, label }: { text: string; label: string }) {
  return (
    <div
      role="region"
      aria-label={`How the ${label} begins`}
      tabIndex={0}
      className="max-h-64 overflow-y-auto p-3 font-mono text-sm leading-5 break-words whitespace-pre-wrap focus-visible:outline-offset-[-2px]"
    >
      {text}
      <span className="text-muted">…</span>
    </div>
  );
}

function useDownload(executionId: string, { hash }: PayloadReference, label: string) {
  const client = useQueryClient();
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const start = () => {
    setIsBusy(true);
    setError(null);
    client
      .fetchQuery(payloadQuery(executionId, hash))
      .then((value) => saveJson(`${executionId}-${label}.json`, value))
      .catch((reason: unknown) => setError(reason instanceof Error ? reason.message : 'Try again.'))
      .finally(() => setIsBusy(false));
  };
  return { isBusy, error, start };
}

function saveJson(name: string, value: unknown): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(value)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
