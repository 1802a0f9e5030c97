import { ChartColumn } from 'lucide-react';
import type { SpendingReport, UsageOfDay, UsageOfOne } from '@/shared/api/generated/schema';
import { type Column, DataTable } from '@/shared/ui/data-table';
import { EmptyState } from '@/shared/ui/empty-state';
import { Money } from '@/shared/ui/money';
import { formatCount } from './format-count';

/** What was used, by day and by model, agent and person. */
export function UsageBreakdown({ report }: { report: SpendingReport }) {
  if (report.byDay.length === 0)
    return (
      <div className="bg-surface rounded-lg border">
        <EmptyState icon={<ChartColumn />} title="No model was called in this time">
          Calls of agents stand here with their tokens and what they cost.
        </EmptyState>
      </div>
    );
  return (
    <div className="flex flex-col gap-6">
      <Days days={report.byDay} />
      <Part title="By model" rows={report.byModel} nobody="Unknown, because its process was lost" />
      <Part title="By agent" rows={report.byAgent} nobody="No agent any more" />
      <Part title="By person" rows={report.byUser} nobody="Nobody: schedules and webhooks" />
    </div>
  );
}

/** A bar for each day with a call, and the same as a table for whoever cannot see it. */
function Days({ days }: { days: readonly UsageOfDay[] }) {
  const most = Math.max(1, ...days.map(({ costMicroUsd }) => costMicroUsd));
  return (
    <section aria-label="By day" className="bg-surface overflow-x-auto rounded-lg border p-3">
      <h3 className="mb-2 font-medium">By day</h3>
      <table className="w-full text-sm">
        <thead className="sr-only">
          <tr>
            <th scope="col">Day</th>
            <th scope="col">Share</th>
            <th scope="col">Calls</th>
            <th scope="col">Cost</th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.day}>
              <td className="tabular w-24 py-0.5 pr-3 whitespace-nowrap">{day.day}</td>
              <td>
                <div
                  className="bg-accent h-3 rounded-sm"
                  style={{ width: `${Math.max(1, (day.costMicroUsd / most) * 100)}%` }}
                />
              </td>
              <td className="text-muted tabular w-24 pl-3 text-right whitespace-nowrap max-sm:hidden">
                {formatCount(day.calls)} calls
              </td>
              <td className="tabular w-24 pl-3 text-right whitespace-nowrap">
                <Cost {...day} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Part({ title, rows, nobody }: { title: string; rows: readonly UsageOfOne[]; nobody: string }) {
  const columns: readonly Column<UsageOfOne>[] = [
    {
      id: 'name',
      header: title.replace('By ', '').replace(/^./, (letter) => letter.toUpperCase()),
      cell: ({ name }) => name ?? <span className="text-muted">{nobody}</span>,
    },
    { id: 'calls', header: 'Calls', align: 'end', cell: ({ calls }) => formatCount(calls) },
    { id: 'in', header: 'Tokens in', align: 'end', from: 'sm', cell: ({ inputTokens }) => formatCount(inputTokens) },
    {
      id: 'out',
      header: 'Tokens out',
      align: 'end',
      from: 'sm',
      cell: ({ outputTokens }) => formatCount(outputTokens),
    },
    { id: 'cost', header: 'Cost', align: 'end', cell: (row) => <Cost {...row} /> },
  ];
  return (
    <section aria-label={title} className="bg-surface overflow-hidden rounded-lg border">
      <h3 className="px-3 pt-3 font-medium">{title}</h3>
      <DataTable label={title} columns={columns} rows={rows} rowKey={({ id }) => id ?? ''} shortcuts={false} />
    </section>
  );
}

/** A sum in which calls without a price are missing says so. */
function Cost({ costMicroUsd, unpricedCalls, calls }: { costMicroUsd: number; unpricedCalls: number; calls: number }) {
  if (unpricedCalls === calls) return <Money microUsd={null} />;
  return (
    <>
      <Money microUsd={costMicroUsd} />
      {unpricedCalls > 0 && <span className="text-muted"> + {unpricedCalls} unknown</span>}
    </>
  );
}
