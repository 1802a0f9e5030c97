import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { NumberInput } from '@/features/graph-editor/inspector/number-input';
import { modelsQuery } from '@/shared/api/queries';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import type { WholeContent } from './prompt-content';

export interface PromptDefaultsProps {
  content: Pick<WholeContent, 'model' | 'parameters'>;
  /** What is wrong with the model. */
  error?: string;
  readOnly: boolean;
  onChange: (patch: Partial<Pick<WholeContent, 'model' | 'parameters'>>) => void;
}

/** The model and its parameters that a prompt was written for. */
export function PromptDefaults({ content: { model, parameters }, error, readOnly, onChange }: PromptDefaultsProps) {
  const models = useQuery(modelsQuery());
  const listId = useId();
  const headingId = useId();
  const parameter = (name: 'temperature' | 'topP' | 'maxTokens', value: unknown) => {
    const { [name]: _before, ...rest } = parameters;
    onChange({ parameters: typeof value === 'number' ? { ...rest, [name]: value } : rest });
  };
  return (
    <section aria-labelledby={headingId} className="flex flex-col gap-2">
      <h2 id={headingId} className="text-sm font-medium">
        Written for
      </h2>
      <p className="text-muted text-sm">What “Try” starts with. Agents choose their own model.</p>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Model" required={false} error={error}>
          {(control) => (
            <>
              <Input
                {...control}
                className="font-mono"
                list={listId}
                placeholder="provider/model"
                value={model ?? ''}
                maxLength={200}
                readOnly={readOnly}
                autoCapitalize="none"
                spellCheck={false}
                onChange={(event) => onChange({ model: event.target.value === '' ? null : event.target.value })}
              />
              <datalist id={listId}>
                {(models.data?.data ?? []).map(({ id }) => (
                  <option key={id} value={id} />
                ))}
              </datalist>
            </>
          )}
        </Field>
        <Field label="Temperature" required={false}>
          {(control) => (
            <NumberInput
              {...control}
              value={parameters.temperature}
              min={0}
              max={2}
              step="any"
              readOnly={readOnly}
              onChange={(value) => parameter('temperature', value)}
            />
          )}
        </Field>
        <Field label="Top P" required={false}>
          {(control) => (
            <NumberInput
              {...control}
              value={parameters.topP}
              min={0.01}
              max={1}
              step="any"
              readOnly={readOnly}
              onChange={(value) => parameter('topP', value)}
            />
          )}
        </Field>
        <Field label="Longest answer, in tokens" required={false}>
          {(control) => (
            <NumberInput
              {...control}
              value={parameters.maxTokens}
              min={1}
              max={1_000_000}
              step={1}
              readOnly={readOnly}
              onChange={(value) => parameter('maxTokens', value)}
            />
          )}
        </Field>
      </div>
    </section>
  );
}
