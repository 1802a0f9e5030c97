import { Link } from '@tanstack/react-router';
import type { Column } from '@/shared/ui/data-table';
import { Switch } from '@/shared/ui/switch';
import { LastRunLink } from './last-run-link';

/** What schedules and webhooks have in common, as their tables show it. */
export interface TriggerRow {
  id: string;
  name: string;
  agentId: string;
  agentName: string;
  /** Null: the latest published. */
  version: number | null;
  enabled: boolean;
  lastRun: { id: string; status: string } | null;
}

/** Which agent it starts, and which version of it. */
export function TriggerTarget({ trigger }: { trigger: TriggerRow }) {
  return (
    <>
      <Link to="/agents/$agentId" params={{ agentId: trigger.agentId }} className="hover:underline">
        {trigger.agentName}
      </Link>
      {', '}
      {trigger.version === null ? 'latest version' : `version ${trigger.version}`}
    </>
  );
}

/** How its latest run stands, and the way to all of them. */
export function latestRunColumn<Trigger extends TriggerRow>(): Column<Trigger> {
  return {
    id: 'last',
    header: 'Latest run',
    from: 'md',
    className: 'whitespace-nowrap',
    cell: ({ id, lastRun }) => (
      <>
        <LastRunLink run={lastRun} />
        <p>
          <Link to="/runs" search={{ triggerId: id }} className="text-muted hover:underline">
            All its runs
          </Link>
        </p>
      </>
    ),
  };
}

/** On or paused; `toggle` is absent for those who may only look. */
export function stateColumn<Trigger extends TriggerRow>(
  toggle: { pending: boolean; change: (trigger: Trigger) => void } | null,
): Column<Trigger> {
  return {
    id: 'on',
    header: 'State',
    cell: (trigger) => (
      <Switch
        label={trigger.enabled ? 'On' : 'Paused'}
        checked={trigger.enabled}
        disabled={toggle === null || toggle.pending}
        onChange={() => toggle?.change(trigger)}
      />
    ),
  };
}
