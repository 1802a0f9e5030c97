import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { SavedNote } from '@/features/settings/saved-note';
import { modelPolicyPut } from '@/shared/api/generated/operations';
import type { ModelPolicy } from '@/shared/api/generated/schema';
import { FormProblem } from '@/shared/forms/form-problem';
import { useServerForm } from '@/shared/forms/use-server-form';
import { useCan } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { Checkbox } from '@/shared/ui/checkbox';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { Select } from '@/shared/ui/select';
import { Textarea } from '@/shared/ui/textarea';
import { MODELS, policyQuery } from './model-queries';
import { openingRules, type RulesValues, savedRules, threshold } from './rules-values';

const unknownPrices = [
  { value: 'allow', label: 'May be called; their cost is shown as unknown' },
  { value: 'refuse', label: 'Are refused until somebody enters a price' },
];

const guardActions = [
  { value: 'allow', label: 'Is let through' },
  { value: 'flag', label: 'Is let through and marked in the record' },
  { value: 'block', label: 'Is not sent; the step fails and says why' },
];

export interface RulesFormProps {
  policy: ModelPolicy;
  /** Drops what was typed, because somebody else has saved meanwhile. */
  onShowTheirs: () => void;
}

/** Which models may be asked, who stands in for whom, and what is done about suspicious texts. */
export function RulesForm({ policy, onShowTheirs }: RulesFormProps) {
  const queryClient = useQueryClient();
  const canWrite = useCan('models:write');
  const [base, setBase] = useState(policy);
  const [saved, setSaved] = useState(false);
  const form = useServerForm<RulesValues>(openingRules(policy), async (values, { reset }) => {
    setSaved(false);
    const now = await modelPolicyPut({ body: savedRules(values) }, { ifMatch: `"${base.revision}"` });
    setBase(now);
    reset(openingRules(now));
    setSaved(true);
    queryClient.setQueryData(policyQuery().queryKey, now);
    void queryClient.invalidateQueries({ queryKey: MODELS });
  });
  const everyModel = form.watch('everyModel');
  return (
    <form onSubmit={form.submit} noValidate className="flex max-w-xl flex-col gap-5">
      {form.problem?.status === 412 ? (
        <Callout tone="warning" announce title="Somebody else has changed the rules since you opened them">
          Nothing of yours was saved.
          <Button size="sm" className="mt-2" onClick={onShowTheirs}>
            Drop mine and show theirs
          </Button>
        </Callout>
      ) : (
        <FormProblem problem={form.problem} />
      )}
      <Field
        label="When a model fails"
        error={form.errorOf('fallbackModels')}
        hint="Models to ask instead, in this order, one a line. Nodes may name others. Empty: the step fails."
      >
        {(control) => (
          <Textarea
            {...control}
            rows={3}
            spellCheck={false}
            className="font-mono text-sm"
            placeholder="anthropic/claude-haiku-4-5"
            readOnly={!canWrite}
            {...form.register('fallbackModels')}
          />
        )}
      </Field>
      <div className="flex flex-col gap-2">
        <Checkbox label="Agents may use every model" disabled={!canWrite} {...form.register('everyModel')} />
        {!everyModel && (
          <Field
            label="Models that agents may use"
            error={form.errorOf('allowedModels')}
            hint="One a line: openai/gpt-4.1, or anthropic/* for all of a provider. Runs that name another one fail and say so."
          >
            {(control) => (
              <Textarea
                {...control}
                rows={5}
                spellCheck={false}
                className="font-mono text-sm"
                readOnly={!canWrite}
                {...form.register('allowedModels')}
              />
            )}
          </Field>
        )}
      </div>
      <Field label="Models whose price nobody knows" error={form.errorOf('unknownPrice')}>
        {(control) => (
          <Select {...control} options={unknownPrices} disabled={!canWrite} {...form.register('unknownPrice')} />
        )}
      </Field>
      <Field
        label="A text that looks like an attempt to take the model over"
        error={form.errorOf('guardAction')}
        hint="In what people write and tools bring: orders to ignore instructions, hidden text, requests for secrets. Nodes may decide otherwise."
      >
        {(control) => (
          <Select {...control} options={guardActions} disabled={!canWrite} {...form.register('guardAction')} />
        )}
      </Field>
      <Field
        label="From this score on"
        error={form.errorOf('guardThreshold')}
        hint="From 1, the least sign, to 100, no doubt. What scores less is only recorded."
      >
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            autoComplete="off"
            className="tabular max-w-24"
            readOnly={!canWrite}
            {...form.register('guardThreshold', threshold)}
          />
        )}
      </Field>
      {canWrite ? (
        <div className="flex items-center gap-3">
          <Button type="submit" variant="primary" pending={form.formState.isSubmitting}>
            Save rules
          </Button>
          <SavedNote shown={saved && !form.formState.isDirty} />
        </div>
      ) : (
        <p className="text-muted text-sm">Your role may read this, not change it.</p>
      )}
    </form>
  );
}
