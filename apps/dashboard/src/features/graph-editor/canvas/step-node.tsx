import { Handle, Position, type NodeProps } from '@xyflow/react';
import { TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { classNames } from '@/shared/ui/class-names';
import { formatExactTime } from '@/shared/format/format-time';
import { Duration } from '@/shared/ui/duration';
import { StatusMark, statusWord } from '@/shared/ui/status-mark';
import { Tooltip } from '@/shared/ui/tooltip';
import { DEFAULT_PORT } from '../graph/graph';
import { gist, type LastStep } from '../graph/last-run';
import { NODE_HEAD_HEIGHT, NODE_WIDTH, PORT_ROW_HEIGHT, portRows } from '../graph/node-size';
import { problemWords, type StepNode, type StepNodeData } from './flow-elements';
import { NodeIcon } from './node-icon';
import type { NodeState } from './node-state';

/** A node as it stands on the canvas: icon, name, one line of essence, its ports, what is wrong and what the last run did. */
export const StepNodeView = memo(function StepNodeView({ id, data, selected, isConnectable }: NodeProps<StepNode>) {
  const { name, kindTitle, icon, essence, ports, hasEntrance, isEntered, usesError, state, last } = data;
  const rows = portRows(ports);
  const single = rows.length === 0 ? ports.find((port) => port.role === 'way') : undefined;
  const errorPort = ports.find((port) => port.role === 'error');
  return (
    <div
      style={{ width: NODE_WIDTH }}
      className={classNames(
        'bg-surface group/node relative rounded-lg border',
        selected
          ? 'border-accent ring-accent ring-1'
          : data.problems.length > 0
            ? 'border-danger'
            : 'border-line-control/70 hover:border-muted',
      )}
    >
      <div style={{ height: NODE_HEAD_HEIGHT - 2 }} className="relative flex items-center gap-2.5 px-3">
        {hasEntrance && (
          <Handle
            type="target"
            position={Position.Left}
            id="in"
            isConnectable={isConnectable}
            className={isEntered ? 'is-used' : ''}
          />
        )}
        <span
          title={kindTitle}
          className="bg-sunken text-muted flex size-7 shrink-0 items-center justify-center rounded-md [&_svg]:size-4"
        >
          <NodeIcon name={icon} />
        </span>
        <span className="min-w-0 flex-1">
          <span className="block truncate text-sm font-medium">{name}</span>
          <SecondLine essence={essence} kindTitle={kindTitle} state={state} />
        </span>
        <ProblemBadge id={id} data={data} />
        {single && <Handle type="source" position={Position.Right} id={single.name} isConnectable={isConnectable} />}
      </div>
      {rows.length > 0 && (
        <ul className="border-t py-[3px]">
          {rows.map((port) => (
            <li
              key={port.name}
              style={{ height: PORT_ROW_HEIGHT }}
              className={classNames(
                'relative flex items-center justify-end px-3 text-xs',
                port.role === 'unknown' ? 'text-danger' : 'text-muted',
              )}
            >
              <span className="truncate">{port.name === DEFAULT_PORT ? 'then' : port.name}</span>
              <Handle
                type="source"
                position={Position.Right}
                id={port.name}
                isConnectable={isConnectable}
                className={`port-${port.role}`}
              />
            </li>
          ))}
        </ul>
      )}
      {errorPort && (
        <Handle
          type="source"
          position={Position.Bottom}
          id={errorPort.name}
          isConnectable={isConnectable}
          title="error: where it continues when this step fails"
          className={classNames('port-error', usesError && 'is-used')}
        />
      )}
      {last && <LastValue last={last} />}
    </div>
  );
});

/** Under the node, so that it stays as large as it is: what it gave in the newest run, and when. */
function LastValue({ last }: { last: LastStep }) {
  const { status, finishedAt } = last;
  const value = gist(last);
  return (
    <span
      title={`In the last run${finishedAt ? `, ${formatExactTime(finishedAt)}` : ''}: ${value}`}
      className="text-muted pointer-events-auto absolute top-full right-0 left-0 mt-1 flex items-center gap-1.5 px-1 text-xs"
    >
      <StatusMark status={status} hideWord className="[&_svg]:size-2.5" />
      <span className="min-w-0 truncate font-mono">{value}</span>
    </span>
  );
}

function SecondLine({ essence, kindTitle, state }: Pick<StepNodeData, 'essence' | 'kindTitle' | 'state'>) {
  if (!state)
    return (
      <span className={classNames('text-muted block truncate text-xs', essence !== '' && 'font-mono')}>
        {essence || kindTitle}
      </span>
    );
  return (
    <span className="text-muted flex min-w-0 items-center gap-1.5 text-xs" title={state.summary}>
      <StatusMark status={state.status} hideWord={state.durationMs !== undefined || state.summary !== undefined} />
      {state.durationMs !== undefined && <Duration ms={state.durationMs} />}
      {state.runs !== undefined && state.runs > 1 && (
        <span className="tabular whitespace-nowrap">{state.runs.toLocaleString('en-US')} times</span>
      )}
      {state.inner && <span className="tabular whitespace-nowrap">{innerWords(state.inner)}</span>}
      {state.tries !== undefined && state.tries > 1 && <span className="whitespace-nowrap">{state.tries} tries</span>}
      {state.summary && <span className="truncate font-mono">{state.summary}</span>}
      <span className="sr-only">{statusWord(state.status)}</span>
    </span>
  );
}

/** `38 of 40 inside, 2 failed`. */
function innerWords({ all, ended, failed }: NonNullable<NodeState['inner']>): string {
  const count = (amount: number) => amount.toLocaleString('en-US');
  return `${ended === all ? count(all) : `${count(ended)} of ${count(all)}`} inside${failed > 0 ? `, ${count(failed)} failed` : ''}`;
}

function ProblemBadge({ id, data: { problems, onOpenProblem } }: { id: string; data: StepNodeData }) {
  if (problems.length === 0) return null;
  const words = problemWords(problems.length);
  const looks =
    'nodrag bg-danger-soft text-danger border-danger/30 inline-flex h-6 min-w-6 shrink-0 items-center justify-center gap-1 rounded-md border px-1 text-xs font-medium [&_svg]:size-3.5';
  if (!onOpenProblem) {
    return (
      <span className={looks} title={words}>
        <TriangleAlert aria-label={words} />
      </span>
    );
  }
  return (
    <Tooltip content={problems[0]?.message}>
      <button
        type="button"
        aria-label={`${words}: show the first`}
        className={looks}
        onClick={(event) => {
          event.stopPropagation();
          onOpenProblem(id);
        }}
      >
        <TriangleAlert aria-hidden />
        {problems.length > 1 && problems.length}
      </button>
    </Tooltip>
  );
}
