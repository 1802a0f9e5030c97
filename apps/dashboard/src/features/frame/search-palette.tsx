import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Activity, Bot } from 'lucide-react';
import { useState } from 'react';
import { agentsQuery, executionsQuery } from '@/shared/api/queries';
import { CommandPalette, type Command } from '@/shared/ui/command-palette';
import { StatusMark } from '@/shared/ui/status-mark';
import { places } from './navigation';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Ctrl/⌘ K: places, agents and recent runs by name; a pasted id opens its run. */
export function SearchPalette({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const agents = useInfiniteQuery(agentsQuery({ limit: 100 }));
  const runs = useInfiniteQuery(executionsQuery({ limit: 20 }));
  const id = text.trim();
  const commands: Command[] = [
    ...(UUID.test(id)
      ? [
          {
            id: 'by-id',
            group: 'Runs',
            label: `Open run ${id}`,
            icon: <Activity />,
            run: () => navigate({ to: '/runs/$executionId', params: { executionId: id } }),
          },
        ]
      : []),
    ...places.map((place) => ({
      id: place.to,
      group: 'Go to',
      label: place.label,
      icon: place.icon,
      keys: place.keys,
      run: () => navigate({ to: place.to }),
    })),
    ...(agents.data?.pages ?? [])
      .flatMap((page) => page.data)
      .map((agent) => ({
        id: agent.id,
        group: 'Agents',
        label: agent.name,
        icon: <Bot />,
        run: () => navigate({ to: '/agents/$agentId', params: { agentId: agent.id } }),
      })),
    ...(runs.data?.pages ?? [])
      .flatMap((page) => page.data)
      .map((run) => ({
        id: run.id,
        group: 'Recent runs',
        label: `${run.agentName} · ${run.id.slice(-6)}`,
        icon: <StatusMark status={run.status} hideWord />,
        run: () => navigate({ to: '/runs/$executionId', params: { executionId: run.id } }),
      })),
  ];
  return <CommandPalette commands={commands} text={text} onTextChange={setText} onClose={onClose} />;
}
