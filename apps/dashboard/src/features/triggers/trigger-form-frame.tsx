import type { ReactNode } from 'react';
import type { FieldValues, Path } from 'react-hook-form';
import { FormProblem } from '@/shared/forms/form-problem';
import { required } from '@/shared/forms/rules';
import type { ServerForm } from '@/shared/forms/use-server-form';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { TriggerTargetFields, type TargetValues } from './trigger-target-fields';

export interface TriggerFormFrameProps<Values extends FieldValues & TargetValues & { name: string }> {
  form: ServerForm<Values>;
  /** `schedule` or `webhook`. */
  noun: string;
  /** The one that is changed; null for a new one. */
  trigger: { name: string; agentName: string } | null;
  agentId: string;
  onCancel: () => void;
  /** What only this kind of trigger has. */
  children: ReactNode;
}

/** The form around every kind of trigger: its name, the agent that it starts, and the buttons. */
export function TriggerFormFrame<Values extends FieldValues & TargetValues & { name: string }>({
  form,
  noun,
  trigger,
  agentId,
  onCancel,
  children,
}: TriggerFormFrameProps<Values>) {
  const name = 'name' as Path<Values>;
  return (
    <form onSubmit={form.submit} noValidate className="bg-surface mb-4 flex flex-col gap-4 rounded-lg border p-4">
      <h2 className="font-semibold">{trigger ? `Change “${trigger.name}”` : `New ${noun}`}</h2>
      <FormProblem problem={form.problem} />
      <Field label="Name" error={form.errorOf(name)} className="w-64 max-w-full">
        {(control) => <Input {...control} autoFocus autoComplete="off" {...form.register(name, required('a name'))} />}
      </Field>
      <TriggerTargetFields
        form={form as unknown as ServerForm<TargetValues>}
        agentId={agentId}
        fixedAgent={trigger?.agentName}
      />
      {children}
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={form.formState.isSubmitting}>
          {trigger ? `Save ${noun}` : `Make ${noun}`}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
