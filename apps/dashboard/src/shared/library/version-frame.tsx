import { History } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '@/shared/ui/button';
import { ConfirmDialog } from '@/shared/ui/confirm-dialog';
import { Field } from '@/shared/ui/field';
import { RelativeTime } from '@/shared/ui/relative-time';
import { Select } from '@/shared/ui/select';
import type { ListedVersion } from './versions-layout';

export interface VersionFrameProps {
  version: ListedVersion;
  canRestore: boolean;
  /** Makes this version the draft and leads there. */
  onRestore: () => Promise<void>;
  children: ReactNode;
}

/** One version: who, when, why, and the way back to it; what is special about it is inside. */
export function VersionFrame({ version, canRestore, onRestore, children }: VersionFrameProps) {
  const [restoring, setRestoring] = useState(false);
  const { number, note, createdAt, createdBy } = version;
  return (
    <div className="flex flex-col gap-5 p-4 sm:p-6">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h2 className="text-lg font-semibold">Version {number}</h2>
          <p className="text-muted text-sm">
            Published <RelativeTime at={createdAt} />
            {createdBy && ` by ${createdBy.name}`}
          </p>
          {note && <p className="mt-2 max-w-2xl whitespace-pre-wrap">{note}</p>}
        </div>
        {canRestore && (
          <Button icon={<History />} onClick={() => setRestoring(true)}>
            Restore as draft
          </Button>
        )}
      </div>
      {children}
      <ConfirmDialog
        open={restoring}
        onOpenChange={setRestoring}
        title={`Make version ${number} the draft?`}
        action={`Restore version ${number}`}
        onConfirm={onRestore}
      >
        The present draft is replaced; changes in it that were never published are lost. Published versions stay as they
        are.
      </ConfirmDialog>
    </div>
  );
}

export interface CompareFieldProps {
  /** A version number, or a word of `more`. */
  value: string;
  /** Version numbers. */
  others: readonly number[];
  /** What else it can be compared with. */
  more?: readonly { value: string; label: string }[];
  onCompare: (value: string) => void;
}

/** Chooses what a version is compared with; the empty value is nothing. */
export function CompareField({ value, others, more = [], onCompare }: CompareFieldProps) {
  return (
    <Field label="Compare with" className="w-44">
      {(control) => (
        <Select
          {...control}
          placeholder="Nothing"
          value={value}
          options={[...more, ...others.map((each) => ({ value: String(each), label: `Version ${each}` }))]}
          onChange={(event) => onCompare(event.target.value)}
        />
      )}
    </Field>
  );
}
