import { Pencil } from 'lucide-react';
import type { Model } from '@/shared/api/generated/schema';
import { Badge } from '@/shared/ui/badge';
import { DataTable } from '@/shared/ui/data-table';
import { IconButton } from '@/shared/ui/icon-button';
import { Tooltip } from '@/shared/ui/tooltip';
import { formatRate } from './format-rate';
import { ModelState } from './model-state';

export interface ModelsTableProps {
  models: readonly Model[];
  /** Absent for people who may only look. */
  onChange?: (model: Model) => void;
}

/** Models with what they cost, hold and whether they can be called. */
export function ModelsTable({ models, onChange }: ModelsTableProps) {
  return (
    <DataTable
      label="Models"
      rows={models}
      rowKey={({ id, kind }) => `${kind} ${id}`}
      columns={[
        {
          id: 'model',
          header: 'Model',
          className: 'w-full min-w-44 max-w-0 py-2',
          cell: (model) => (
            <>
              <span className="flex items-center gap-1.5">
                <span className="truncate font-medium">{model.label}</span>
                {model.kind === 'embedding' && <Badge>Embedding</Badge>}
                {model.override && <Badge tone="accent">Changed</Badge>}
              </span>
              <p className="text-muted truncate font-mono text-xs">{model.id}</p>
              <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 sm:hidden">
                <span className="tabular">
                  <Price model={model} of="inputMicroUsd" /> in
                </span>
                {model.kind === 'language' && (
                  <span className="tabular">
                    <Price model={model} of="outputMicroUsd" /> out
                  </span>
                )}
                <ModelState model={model} />
              </div>
            </>
          ),
        },
        {
          id: 'input',
          header: 'Input',
          align: 'end',
          from: 'sm',
          cell: (model) => <Price model={model} of="inputMicroUsd" />,
        },
        {
          id: 'cached',
          header: 'Cached',
          align: 'end',
          from: 'lg',
          cell: (model) => <Price model={model} of="cachedInputMicroUsd" />,
        },
        {
          id: 'output',
          header: 'Output',
          align: 'end',
          from: 'sm',
          cell: (model) => <Price model={model} of="outputMicroUsd" />,
        },
        {
          id: 'context',
          header: 'Context',
          align: 'end',
          from: 'md',
          cell: ({ contextWindow }) => <Count tokens={contextWindow} />,
        },
        {
          id: 'answer',
          header: 'Longest answer',
          align: 'end',
          from: 'lg',
          cell: ({ kind, maxOutputTokens }) => (kind === 'language' ? <Count tokens={maxOutputTokens} /> : '–'),
        },
        {
          id: 'state',
          header: 'State',
          from: 'sm',
          className: 'lg:whitespace-nowrap',
          cell: (model) => <ModelState model={model} />,
        },
        ...(onChange
          ? [
              {
                id: 'actions',
                header: <span className="sr-only">Actions</span>,
                align: 'end' as const,
                cell: (model: Model) =>
                  model.simulated ? null : (
                    <IconButton label={`Change ${model.id}`} icon={<Pencil />} onClick={() => onChange(model)} />
                  ),
              },
            ]
          : []),
      ]}
    />
  );
}

/** Per million tokens. Free is a price; unknown is none. */
function Price({ model, of }: { model: Model; of: 'inputMicroUsd' | 'cachedInputMicroUsd' | 'outputMicroUsd' }) {
  const { price, prices, kind } = model;
  if (of === 'outputMicroUsd' && kind === 'embedding') return '–';
  if (!price) {
    return (
      <Tooltip content="Nobody knows what it costs: runs with it show no cost.">
        <span className="text-warning">unknown</span>
      </Tooltip>
    );
  }
  const long = prices.find(({ longContext }) => longContext)?.longContext;
  const exact = `${price[of].toLocaleString('en-US')} micro-USD per million tokens`;
  const more =
    long && `; ${formatRate(long[of])} once the input passes ${long.aboveInputTokens.toLocaleString('en-US')}`;
  return (
    <Tooltip content={`${exact}${more ?? ''}`}>
      <span className="whitespace-nowrap">
        {formatRate(price[of])}
        {long && <span className="text-muted">+</span>}
      </span>
    </Tooltip>
  );
}

function Count({ tokens }: { tokens: number | null }) {
  if (tokens === null) return <span className="text-muted">unknown</span>;
  return <>{tokens.toLocaleString('en-US')}</>;
}
