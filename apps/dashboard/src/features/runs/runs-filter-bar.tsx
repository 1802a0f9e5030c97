import { FilterX } from 'lucide-react';
import { executionStatuses, type RunsSearch } from '@/routes/runs-search';
import { Badge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { Select } from '@/shared/ui/select';
import { statusWord } from '@/shared/ui/status-mark';
import { Switch } from '@/shared/ui/switch';

export interface RunsFilterBarProps {
  filters: RunsSearch;
  onChange: (filters: RunsSearch) => void;
  /** Absent where the agent is fixed. */
  agents?: readonly { id: string; name: string }[];
}

/** The filters above a list of runs. They live in the address. */
export function RunsFilterBar({ filters, onChange, agents }: RunsFilterBarProps) {
  const set = (change: RunsSearch) => onChange({ ...filters, ...change });
  const active = Boolean(
    filters.status ||
    filters.triggerId ||
    filters.parentId ||
    filters.from ||
    filters.to ||
    filters.subRuns ||
    (agents && filters.agentId),
  );
  return (
    <div className="grid grid-cols-2 items-end gap-3 border-b px-4 py-2.5 sm:flex sm:flex-wrap sm:px-6">
      <Field label="Status" className="sm:w-36">
        {(control) => (
          <Select
            {...control}
            placeholder="All"
            value={filters.status ?? ''}
            options={executionStatuses.map((status) => ({ value: status, label: statusWord(status) }))}
            onChange={(event) => set({ status: (event.target.value || undefined) as RunsSearch['status'] })}
          />
        )}
      </Field>
      {agents && (
        <Field label="Agent" className="sm:w-52">
          {(control) => (
            <Select
              {...control}
              placeholder="All"
              value={filters.agentId ?? ''}
              options={agents.map((agent) => ({ value: agent.id, label: agent.name }))}
              onChange={(event) => set({ agentId: event.target.value || undefined })}
            />
          )}
        </Field>
      )}
      <Field label="From" className="sm:w-36">
        {(control) => (
          <Input
            {...control}
            type="date"
            max={filters.to}
            value={filters.from ?? ''}
            onChange={(event) => set({ from: event.target.value || undefined })}
          />
        )}
      </Field>
      <Field label="To" className="sm:w-36">
        {(control) => (
          <Input
            {...control}
            type="date"
            min={filters.from}
            value={filters.to ?? ''}
            onChange={(event) => set({ to: event.target.value || undefined })}
          />
        )}
      </Field>
      {filters.parentId ? (
        <Badge className="mb-1.5">Sub-runs of one run</Badge>
      ) : (
        <div className="flex h-8 items-center max-sm:col-span-2">
          <Switch
            label="Include sub-runs"
            checked={filters.subRuns === true}
            onChange={(on) => set({ subRuns: on || undefined })}
          />
        </div>
      )}
      {filters.triggerId && <Badge className="mb-1.5">Of one schedule or webhook</Badge>}
      {active && (
        <Button variant="quiet" icon={<FilterX />} onClick={() => onChange({})}>
          Clear
        </Button>
      )}
    </div>
  );
}
