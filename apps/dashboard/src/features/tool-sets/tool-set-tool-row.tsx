import { useState } from 'react';
import type { ChangeToolRequest, ToolApproval, ToolSetTool } from '@/shared/api/generated/schema';
import { useCan } from '@/shared/session/use-session';
import { Badge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { Select } from '@/shared/ui/select';
import { Switch } from '@/shared/ui/switch';
import { ToolDetails } from './tool-details';
import { ToolReview } from './tool-review';
import { APPROVALS, STATE_WORDS } from './tool-set-words';
import { TryOwnTool } from './try-own-tool';

export interface ToolSetToolRowProps {
  tool: ToolSetTool;
  canWrite: boolean;
  isPending: boolean;
  onChange: (part: Omit<ChangeToolRequest, 'id'>) => void;
}

const effects = [
  { value: 'read', label: 'Only reads' },
  { value: 'write', label: 'Changes something' },
];

/** One tool of a set: whether agents may use it, when a person is asked, and what about it is new. */
export function ToolSetToolRow({ tool, canWrite, isPending, onChange }: ToolSetToolRowProps) {
  const canRun = useCan('tools:run');
  const [open, setOpen] = useState<'try' | 'details' | null>(null);
  const state = STATE_WORDS[tool.state];
  const isToReview = tool.state === 'new' || tool.state === 'changed';
  const toggle = (part: 'try' | 'details') => setOpen(open === part ? null : part);
  return (
    <li className="flex flex-col gap-2 p-3">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <p className="flex flex-wrap items-center gap-1.5">
            <span className="font-mono font-medium break-all">{tool.name}</span>
            {tool.effect === 'write' && <Badge tone="warning">Changes something</Badge>}
            {state && <Badge tone={state.tone}>{state.text}</Badge>}
          </p>
          <p className="text-muted line-clamp-3 break-words">{tool.description}</p>
        </div>
        <Switch
          label="Agents may use it"
          about={tool.name}
          checked={tool.enabled}
          disabled={!canWrite || isPending || tool.state === 'gone' || isToReview}
          onChange={(enabled) => onChange({ enabled })}
        />
      </div>
      {isToReview && (
        <ToolReview
          tool={tool}
          canWrite={canWrite}
          isPending={isPending}
          onDecide={(enabled) => onChange({ enabled, contentHash: tool.contentHash })}
        />
      )}
      <div className="flex flex-wrap items-center gap-2">
        <div className="w-72 max-w-full">
          <Select
            aria-label={`Approval of ${tool.name}`}
            options={APPROVALS}
            value={tool.approval}
            disabled={!canWrite || isPending}
            onChange={(event) => onChange({ approval: event.target.value as ToolApproval })}
          />
        </div>
        <div className="w-48 max-w-full">
          <Select
            aria-label={`Effect of ${tool.name}`}
            options={effects}
            value={tool.effect}
            disabled={!canWrite || isPending}
            onChange={(event) => onChange({ effect: event.target.value as 'read' | 'write' })}
          />
        </div>
        <Button size="sm" variant="quiet" aria-expanded={open === 'details'} onClick={() => toggle('details')}>
          {open === 'details' ? 'Hide details' : 'Details'}
        </Button>
        {canRun && tool.enabled && (
          <Button
            size="sm"
            aria-expanded={open === 'try'}
            aria-label={`${open === 'try' ? 'Close' : 'Try'} ${tool.name}`}
            onClick={() => toggle('try')}
          >
            {open === 'try' ? 'Close' : 'Try'}
          </Button>
        )}
      </div>
      {open === 'details' && <ToolDetails tool={tool} />}
      {open === 'try' && <TryOwnTool name={tool.name} />}
    </li>
  );
}
