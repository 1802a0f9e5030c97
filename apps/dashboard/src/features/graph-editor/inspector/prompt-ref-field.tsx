import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { wholeContent, type WholeVariable } from '@/features/prompts/prompt-content';
import { promptsQuery, promptVersionQuery } from '@/features/prompts/prompt-queries';
import type { Prompt } from '@/shared/api/generated/schema';
import { Field } from '@/shared/ui/field';
import { Select } from '@/shared/ui/select';
import { ScopeCodeField } from '../code/scope-code-field';
import { useEditor } from '../editor-context';
import { pointerOf } from '../graph/json-pointer';
import { entryMessage } from '../graph/placed-problems';
import type { ConfigFieldProps } from './config-field';
import { useScope } from './use-scope';

interface PromptRef {
  name: string;
  version?: number;
  /** An expression by the name of each variable. */
  variables?: Record<string, string>;
}

/** A prompt of the library in place of the node's own texts, with an expression for each of its variables. */
export function PromptRefField({ node, field, error, onChange, onLeave }: ConfigFieldProps) {
  const prompts = useInfiniteQuery(promptsQuery({ limit: 100 }));
  const value = readRef(node.config[field.name]);
  const listed = (prompts.data?.pages ?? []).flatMap((page) => page.data);
  const chosen = listed.find(({ name }) => name === value?.name);
  const options = listed.map(({ name, publishedVersion }) => ({
    value: name,
    label: publishedVersion === null ? `${name} (not published)` : name,
    disabled: publishedVersion === null,
  }));
  const isListed = value === null || chosen !== undefined;
  return (
    <div className="flex flex-col gap-3">
      <Field
        label={field.label}
        error={prompts.isError ? 'The prompts could not be loaded.' : error}
        required={field.required}
        hint={
          <>
            Instead of texts here. Publishing the agent keeps the text that the prompt has then.{' '}
            <Link to="/prompts" className="underline">
              Prompts
            </Link>
          </>
        }
      >
        {(control) => (
          <Select
            {...control}
            placeholder="None"
            options={isListed ? options : [{ value: value.name, label: value.name }, ...options]}
            value={value?.name ?? ''}
            onBlur={onLeave}
            onChange={(event) => onChange(event.target.value === '' ? undefined : { name: event.target.value })}
          />
        )}
      </Field>
      {value !== null && chosen && <ChosenPrompt {...{ node, field, onChange, onLeave, value, chosen }} />}
    </div>
  );
}

interface ChosenPromptProps extends Omit<ConfigFieldProps, 'error'> {
  value: PromptRef;
  chosen: Prompt;
}

function ChosenPrompt({ node, field, onChange, onLeave, value, chosen }: ChosenPromptProps) {
  const newest = chosen.publishedVersion ?? 0;
  const number = value.version ?? newest;
  const version = useQuery({ ...promptVersionQuery(chosen.id, number), enabled: number >= 1 });
  const numbers = Array.from({ length: newest }, (_none, index) => newest - index);
  return (
    <>
      <Field label="Version">
        {(control) => (
          <Select
            {...control}
            placeholder={`The newest when the agent is published (now ${newest})`}
            options={numbers.map((each) => ({ value: String(each), label: `Version ${each}` }))}
            value={value.version ?? ''}
            onBlur={onLeave}
            onChange={(event) => {
              const { version: _before, ...rest } = value;
              onChange(event.target.value === '' ? rest : { ...rest, version: Number(event.target.value) });
            }}
          />
        )}
      </Field>
      {version.isError && <p className="text-danger text-sm">The version could not be loaded.</p>}
      {version.data &&
        wholeContent(version.data.content).variables.map((variable) => (
          <VariableField
            key={variable.name}
            {...{ node, field, variable, onLeave }}
            text={value.variables?.[variable.name] ?? ''}
            onChange={(text) => {
              const { [variable.name]: _before, ...others } = value.variables ?? {};
              onChange({ ...value, variables: text === '' ? others : { ...others, [variable.name]: text } });
            }}
          />
        ))}
    </>
  );
}

interface VariableFieldProps extends Pick<ConfigFieldProps, 'node' | 'field' | 'onLeave'> {
  variable: WholeVariable;
  text: string;
  onChange: (text: string) => void;
}

function VariableField({ node, field, variable, text, onChange, onLeave }: VariableFieldProps) {
  const { readOnly, problems } = useEditor();
  const scope = useScope(node);
  const { name, type, description, required } = variable;
  const place = `${field.pointer}/variables`;
  const error = entryMessage(problems, node.id, place, name);
  return (
    <div data-field={place + pointerOf(name)}>
      <Field label={name} hint={[description, type].filter(Boolean).join(' · ')} error={error} required={required}>
        {(control) => (
          <ScopeCodeField
            id={control.id}
            label={name}
            describedBy={control['aria-describedby']}
            invalid={error !== undefined}
            language="expression"
            scope={scope}
            value={text}
            readOnly={readOnly}
            minLines={1}
            placeholder="input.text"
            onChange={onChange}
            onBlur={onLeave}
          />
        )}
      </Field>
    </div>
  );
}

/** What stands there; null for nothing, and for what is no reference at all. */
function readRef(value: unknown): PromptRef | null {
  if (typeof value !== 'object' || value === null || typeof (value as PromptRef).name !== 'string') return null;
  return value as PromptRef;
}
