import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { schedulesCreate, schedulesUpdate } from '@/shared/api/generated/operations';
import type { Schedule } from '@/shared/api/generated/schema';
import { agentQuery, versionQuery } from '@/shared/api/queries';
import { required } from '@/shared/forms/rules';
import { useServerForm } from '@/shared/forms/use-server-form';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { Textarea } from '@/shared/ui/textarea';
import { CronPreview } from './cron-preview';
import { emptyInput, jsonObjectProblem, readJsonObject } from './json-object';
import { knownZones, readersZone } from './slot-time';
import { TriggerFormFrame } from './trigger-form-frame';
import type { TargetValues } from './trigger-target-fields';

export interface ScheduleFormProps {
  /** Null for a new one. */
  schedule: Schedule | null;
  /** Chosen already for a new one. */
  agentId?: string;
  onSaved: () => void;
  onCancel: () => void;
}

interface ScheduleValues extends TargetValues {
  name: string;
  cron: string;
  timeZone: string;
  input: string;
}

/** Which agent, when, and with what. Says what the times mean while they are typed. */
export function ScheduleForm({ schedule, agentId = '', onSaved, onCancel }: ScheduleFormProps) {
  const zonesId = useId();
  const form = useServerForm<ScheduleValues>(
    {
      agentId: schedule?.agentId ?? agentId,
      version: String(schedule?.version ?? ''),
      name: schedule?.name ?? '',
      cron: schedule?.cron ?? '0 9 * * MON-FRI',
      timeZone: schedule?.timeZone ?? readersZone(),
      input: schedule ? JSON.stringify(schedule.input, null, 2) : '',
    },
    async (values) => {
      const body = {
        name: values.name.trim(),
        cron: values.cron.trim(),
        timeZone: values.timeZone.trim(),
        version: values.version === '' ? null : Number(values.version),
        input: readJsonObject(values.input.trim() || '{}'),
      };
      if (schedule) await schedulesUpdate({ id: schedule.id, body });
      else await schedulesCreate({ body: { ...body, agentId: values.agentId } });
      onSaved();
    },
  );
  const [chosenAgent, cron, timeZone] = form.watch(['agentId', 'cron', 'timeZone']);
  const example = useInputExample(chosenAgent);
  return (
    <TriggerFormFrame form={form} noun="schedule" trigger={schedule} agentId={chosenAgent} onCancel={onCancel}>
      <div className="grid gap-4 sm:grid-cols-2">
        <div className="flex flex-col gap-4">
          <Field
            label="Cron expression"
            error={form.errorOf('cron')}
            hint="Minute, hour, day of the month, month, day of the week."
          >
            {(control) => (
              <Input
                {...control}
                autoComplete="off"
                spellCheck={false}
                className="font-mono"
                {...form.register('cron', required('a cron expression'))}
              />
            )}
          </Field>
          <Field label="Time zone" error={form.errorOf('timeZone')}>
            {(control) => (
              <Input
                {...control}
                autoComplete="off"
                spellCheck={false}
                list={zonesId}
                {...form.register('timeZone', required('a time zone'))}
              />
            )}
          </Field>
          <datalist id={zonesId}>
            {knownZones().map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </div>
        <CronPreview cron={cron} timeZone={timeZone} />
      </div>
      <Field label="Input (JSON)" error={form.errorOf('input')} hint="Each run starts with it.">
        {(control) => (
          <Textarea
            {...control}
            rows={4}
            spellCheck={false}
            className="font-mono text-sm"
            placeholder={example}
            {...form.register('input', {
              validate: (text) => (text.trim() === '' ? true : (jsonObjectProblem(text) ?? true)),
            })}
          />
        )}
      </Field>
    </TriggerFormFrame>
  );
}

/** What the agent's start node asks for, as something to go by. */
function useInputExample(agentId: string): string {
  const agent = useQuery({ ...agentQuery(agentId), enabled: agentId !== '' });
  const number = agent.data?.publishedVersion ?? 0;
  const version = useQuery({ ...versionQuery(agentId, number), enabled: number > 0 });
  const start = version.data?.graph.nodes.find((node) => node.kind === 'start');
  return JSON.stringify(emptyInput(start?.config.schema), null, 2);
}
