import { useMutation } from '@tanstack/react-query';
import { ApiProblem } from '@/shared/api/api-problem';
import { modelsOverride, modelsReset } from '@/shared/api/generated/operations';
import type { Model } from '@/shared/api/generated/schema';
import { FormProblem } from '@/shared/forms/form-problem';
import { useServerForm } from '@/shared/forms/use-server-form';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { Checkbox } from '@/shared/ui/checkbox';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { modelName, openingValues, optionalWholeNumber, savedValues, type ModelValues } from './model-form-values';
import { PriceFields } from './price-fields';

export interface ModelFormProps {
  /** Null for one that is not in the catalogue. */
  model: Model | null;
  onSaved: () => void;
  onCancel: () => void;
}

/** What the organisation knows better about a model than the catalogue does, or that it must not be used. */
export function ModelForm({ model, onSaved, onCancel }: ModelFormProps) {
  const form = useServerForm<ModelValues>(openingValues(model), async (values) => {
    const body = savedValues(values, model);
    if (model) await modelsOverride({ id: model.id, body }, { ifMatch: `"${model.revision}"` });
    else await modelsOverride({ id: values.id.trim(), body }, { ifMatch: '"0"' });
    onSaved();
  });
  const reset = useMutation({ mutationFn: (id: string) => modelsReset({ id }), onSuccess: onSaved });
  const title = model ? `Change ${model.label}` : 'Add a model';
  return (
    <form
      onSubmit={form.submit}
      noValidate
      aria-label={title}
      className="bg-surface mb-4 flex flex-col gap-4 rounded-lg border p-4"
    >
      <div>
        <h2 className="font-semibold">{title}</h2>
        {model && <p className="text-muted font-mono text-sm">{model.id}</p>}
      </div>
      {form.problem?.status === 412 ? (
        <Callout tone="warning" announce title="Somebody else has changed this model since you opened it">
          Nothing of yours was saved. Close this form and open it again to see what is there now.
        </Callout>
      ) : (
        <FormProblem problem={form.problem} />
      )}
      {!model && (
        <Field
          label="Model"
          error={form.errorOf('id')}
          hint="As nodes will name it. What stands before the slash is openai, anthropic, google, ollama or the name of a credential of an OpenAI-compatible service."
          className="max-w-lg"
        >
          {(control) => (
            <Input
              {...control}
              autoFocus
              autoComplete="off"
              spellCheck={false}
              className="font-mono"
              placeholder="provider/model"
              {...form.register('id', modelName)}
            />
          )}
        </Field>
      )}
      <Checkbox
        label="Agents may use it"
        hint="Without this, runs that name it fail and say why."
        {...form.register('enabled')}
      />
      <Field label="Name" required={false} error={form.errorOf('label')} className="max-w-sm">
        {(control) => (
          <Input {...control} autoComplete="off" placeholder={model?.label ?? ''} {...form.register('label')} />
        )}
      </Field>
      <div className="grid max-w-lg grid-cols-1 gap-4 sm:grid-cols-2">
        <Field
          label="Context window"
          required={false}
          error={form.errorOf('contextWindow')}
          hint="Tokens, input and answer."
        >
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              autoComplete="off"
              className="tabular"
              placeholder={model?.contextWindow?.toString() ?? 'unknown'}
              {...form.register('contextWindow', optionalWholeNumber)}
            />
          )}
        </Field>
        <Field label="Longest answer" required={false} error={form.errorOf('maxOutputTokens')} hint="Tokens.">
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              autoComplete="off"
              className="tabular"
              placeholder={model?.maxOutputTokens?.toString() ?? 'unknown'}
              {...form.register('maxOutputTokens', optionalWholeNumber)}
            />
          )}
        </Field>
      </div>
      <PriceFields form={form} listed={model && !model.override?.prices.length ? model.prices : []} />
      {reset.error && (
        <Callout tone="danger" announce>
          {reset.error instanceof ApiProblem ? reset.error.message : 'That did not work. Try again.'}
        </Callout>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" pending={form.formState.isSubmitting}>
          {model ? 'Save model' : 'Add model'}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
        {model?.override && (
          <Button pending={reset.isPending} onClick={() => reset.mutate(model.id)}>
            Back to the catalogue
          </Button>
        )}
      </div>
    </form>
  );
}
