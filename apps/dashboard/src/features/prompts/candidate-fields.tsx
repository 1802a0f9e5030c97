import { useQuery } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useId } from 'react';
import { NumberInput } from '@/features/graph-editor/inspector/number-input';
import { modelsQuery } from '@/shared/api/queries';
import { Field } from '@/shared/ui/field';
import { IconButton } from '@/shared/ui/icon-button';
import { Input } from '@/shared/ui/input';
import { Select } from '@/shared/ui/select';
import { type CandidateChoice, wordsOf } from './try-candidates';

export interface CandidateFieldsProps {
  candidate: CandidateChoice;
  index: number;
  versions: readonly number[];
  removable: boolean;
  onChange: (patch: Partial<CandidateChoice>) => void;
  onRemove: () => void;
}

/** Which words are tried with which model. */
export function CandidateFields({
  candidate: { source, model, temperature, maxTokens },
  index,
  versions,
  removable,
  onChange,
  onRemove,
}: CandidateFieldsProps) {
  const models = useQuery(modelsQuery());
  const listId = useId();
  return (
    <fieldset className="flex flex-col gap-3 p-4">
      <legend className="sr-only">Candidate {index + 1}</legend>
      <div className="flex items-end gap-2">
        <Field label="Words" className="min-w-0 flex-1">
          {(control) => (
            <Select
              {...control}
              value={String(source)}
              options={(['draft', ...versions] as const).map((each) => ({ value: String(each), label: wordsOf(each) }))}
              onChange={(event) =>
                onChange({ source: event.target.value === 'draft' ? 'draft' : Number(event.target.value) })
              }
            />
          )}
        </Field>
        {removable && <IconButton label={`Remove candidate ${index + 1}`} icon={<Trash2 />} onClick={onRemove} />}
      </div>
      <Field label="Model" required>
        {(control) => (
          <>
            <Input
              {...control}
              className="font-mono"
              list={listId}
              value={model}
              maxLength={200}
              autoCapitalize="none"
              spellCheck={false}
              onChange={(event) => onChange({ model: event.target.value })}
            />
            <datalist id={listId}>
              {(models.data?.data ?? []).map(({ id }) => (
                <option key={id} value={id} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label="Temperature">
          {(control) => (
            <NumberInput
              {...control}
              value={temperature}
              min={0}
              max={2}
              step="any"
              onChange={(value) => onChange({ temperature: value })}
            />
          )}
        </Field>
        <Field label="Longest answer">
          {(control) => (
            <NumberInput
              {...control}
              value={maxTokens}
              min={1}
              max={1_000_000}
              step={1}
              placeholder="tokens"
              onChange={(value) => onChange({ maxTokens: value })}
            />
          )}
        </Field>
      </div>
    </fieldset>
  );
}
