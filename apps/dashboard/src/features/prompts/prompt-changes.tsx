import type { UseQueryResult } from '@tanstack/react-query';
import type { PromptDiff, PromptDiffLine } from '@/shared/api/generated/schema';
import { ChangedValue } from '@/shared/ui/changed-value';
import { ErrorState } from '@/shared/ui/error-state';
import { SkeletonRows } from '@/shared/ui/skeleton';

/** Unchanged lines that are shown around a change; more of them are folded. */
const CONTEXT_LINES = 3;

export interface PromptChangesProps {
  diff: Pick<UseQueryResult<PromptDiff>, 'data' | 'error' | 'isError' | 'refetch'>;
  label: string;
}

/** What differs between two contents of a prompt: texts line by line, everything else field by field. */
export function PromptChanges({ diff, label }: PromptChangesProps) {
  if (diff.isError)
    return (
      <ErrorState title="The changes could not be loaded" error={diff.error} onRetry={() => void diff.refetch()} />
    );
  if (!diff.data) return <SkeletonRows label="changes" rows={3} />;
  const { system, user, fields } = diff.data;
  if (system.length === 0 && user.length === 0 && fields.length === 0) {
    return <p className="text-muted text-sm">Both say the same.</p>;
  }
  return (
    <div role="group" aria-label={label} className="flex min-w-0 flex-col gap-4">
      {system.length > 0 && <TextChanges label="System text" lines={system} />}
      {user.length > 0 && <TextChanges label="User text" lines={user} />}
      {fields.length > 0 && (
        <ul aria-label="Other changes" className="divide-line divide-y rounded-md border text-sm">
          {fields.map(({ pointer, before, after }) => (
            <li key={pointer} className="p-3">
              <p className="text-muted font-mono text-xs break-all">{pointer}</p>
              <ChangedValue before={before} after={after} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const SIGNS: Record<PromptDiffLine['change'], string> = { same: ' ', added: '+', removed: '−' };
const TONES: Record<PromptDiffLine['change'], string> = {
  same: '',
  added: 'bg-success-soft',
  removed: 'bg-danger-soft',
};
const SPOKEN: Record<PromptDiffLine['change'], string> = { same: '', added: 'added: ', removed: 'removed: ' };

function TextChanges({ label, lines }: { label: string; lines: readonly PromptDiffLine[] }) {
  return (
    <figure className="min-w-0">
      <figcaption className="text-muted mb-1 text-xs">{label}</figcaption>
      <div
        role="region"
        aria-label={`${label}, line by line`}
        tabIndex={0}
        className="max-h-96 overflow-y-auto rounded-md border py-1 font-mono text-sm"
      >
        {foldUnchanged(lines).map((line, index) =>
          typeof line === 'number' ? (
            <p key={index} className="text-muted bg-sunken px-3 py-0.5 text-xs">
              {line} unchanged {line === 1 ? 'line' : 'lines'}
            </p>
          ) : (
            <p key={index} className={`${TONES[line.change]} flex gap-2 px-3`}>
              <span aria-hidden className="text-muted select-none">
                {SIGNS[line.change]}
              </span>
              <span className="sr-only">{SPOKEN[line.change]}</span>
              <span className="min-w-0 break-words whitespace-pre-wrap">{line.text || '\u00a0'}</span>
            </p>
          ),
        )}
      </div>
    </figure>
  );
}

/** Long runs of lines that both have, as their number. */
export function foldUnchanged(lines: readonly PromptDiffLine[]): (PromptDiffLine | number)[] {
  const nearChange = lines.map((_line, index) =>
    lines.slice(Math.max(0, index - CONTEXT_LINES), index + CONTEXT_LINES + 1).some((each) => each.change !== 'same'),
  );
  const folded: (PromptDiffLine | number)[] = [];
  for (const [index, line] of lines.entries()) {
    const before = folded.at(-1);
    if (nearChange[index]) folded.push(line);
    else if (typeof before === 'number') folded[folded.length - 1] = before + 1;
    else folded.push(1);
  }
  return folded;
}
