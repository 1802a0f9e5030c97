import { ChevronRight, Wrench } from 'lucide-react';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { stepQuery } from '@/shared/api/queries';
import { classNames } from '@/shared/ui/class-names';
import { JsonViewer } from '@/shared/ui/json-viewer';
import { StatusMark } from '@/shared/ui/status-mark';

export interface ToolCallLineProps {
  executionId: string;
  /** Path of the call's step. */
  path: string;
  name: string;
  status: string;
}

/** A call of a tool as one line, which opens to what was asked and what came back. */
export function ToolCallLine({ executionId, path, name, status }: ToolCallLineProps) {
  const [open, setOpen] = useState(false);
  return (
    <div className="bg-sunken min-w-0 rounded-md border">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="hover:bg-hover flex min-h-8 w-full items-center gap-2 rounded-md px-2 text-left text-sm"
      >
        <ChevronRight aria-hidden className={classNames('text-muted size-4 shrink-0', open && 'rotate-90')} />
        <Wrench aria-hidden className="text-muted size-4 shrink-0" />
        <span className="min-w-0 flex-1 truncate font-mono">{name}</span>
        <StatusMark status={status} />
      </button>
      {open && <ToolCallValues key={status} executionId={executionId} path={path} />}
    </div>
  );
}

function ToolCallValues({ executionId, path }: { executionId: string; path: string }) {
  const step = useQuery(stepQuery(executionId, path));
  if (step.isPending) return <p className="text-muted p-3 text-sm">Loading the call…</p>;
  if (step.isError) return <p className="text-danger p-3 text-sm">The call could not be loaded.</p>;
  return (
    <div className="border-t">
      <JsonViewer value={step.data?.input ?? undefined} label="arguments" openLevels={1} />
      <div className="border-t">
        <JsonViewer value={step.data?.error ?? step.data?.output ?? undefined} label="result" openLevels={1} />
      </div>
    </div>
  );
}
