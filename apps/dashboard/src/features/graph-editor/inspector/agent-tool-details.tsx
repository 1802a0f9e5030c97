import { useState } from 'react';
import type { Tool } from '@/shared/api/generated/schema';
import { CredentialSelect } from '@/shared/credentials/credential-select';
import { Button } from '@/shared/ui/button';
import { Checkbox } from '@/shared/ui/checkbox';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { Select } from '@/shared/ui/select';
import { Textarea } from '@/shared/ui/textarea';
import { type AgentTool, type Approval, argumentNames } from './agent-tools';

export interface AgentToolDetailsProps {
  tool: AgentTool;
  /** Undefined for a tool that there is not. */
  known: Tool | undefined;
  /** Of the tool in the configuration. */
  pointer: string;
  messageAt: (pointer: string) => string | undefined;
  onChange: (part: Partial<AgentTool>) => void;
}

const policies = [
  { value: 'never', label: 'Never ask a person' },
  { value: 'onWrite', label: 'Ask before it changes something' },
  { value: 'always', label: 'Ask before each call' },
];

/** What an author says of one tool: approval and credential at once, the rest on demand. */
export function AgentToolDetails({ tool, known, pointer, messageAt, onChange }: AgentToolDetailsProps) {
  const hasMore = tool.description !== undefined || tool.fixed !== undefined || tool.forbidden !== undefined;
  const [open, setOpen] = useState(hasMore);
  const needsCredential =
    known?.credential ?? (tool.credentialId === undefined ? null : { kinds: [], required: false });
  return (
    <div className="mt-2 flex flex-col gap-2">
      <Select
        aria-label={`Approval of ${tool.name || 'the tool'}`}
        options={policies}
        value={tool.approval ?? 'never'}
        onChange={(event) => onChange({ approval: event.target.value as Approval })}
      />
      {known && known.set !== null && known.approval !== 'never' && (
        <p className="text-muted text-sm">
          {known.approval === 'always'
            ? `“${known.set.name}” asks a person before each call, whatever is chosen here.`
            : `“${known.set.name}” asks a person before it changes something, whatever is chosen here.`}
        </p>
      )}
      {needsCredential && (
        <div data-field={`${pointer}/credentialId`}>
          <CredentialSelect
            control={{ 'aria-invalid': messageAt(`${pointer}/credentialId`) ? true : undefined }}
            label={`Credential of ${tool.name}`}
            kinds={needsCredential.kinds}
            placeholder={needsCredential.required ? 'Choose a credential' : 'No credential'}
            value={tool.credentialId ?? ''}
            onChange={(id) => onChange({ credentialId: id === '' ? undefined : id })}
          />
          {messageAt(`${pointer}/credentialId`) && (
            <p className="text-danger mt-1 text-sm">{messageAt(`${pointer}/credentialId`)}</p>
          )}
        </div>
      )}
      <Button size="sm" variant="quiet" className="self-start" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? 'Fewer settings' : 'More settings'}
      </Button>
      {open && (
        <>
          <Field label="Description for the model" required={false} hint={known?.description}>
            {(control) => (
              <Input
                {...control}
                value={tool.description ?? ''}
                onChange={(event) => onChange({ description: event.target.value || undefined })}
              />
            )}
          </Field>
          <FixedArguments tool={tool} error={messageAt(`${pointer}/fixed`)} onChange={onChange} />
          <ForbiddenArguments tool={tool} names={argumentNames(known?.inputSchema)} onChange={onChange} />
        </>
      )}
    </div>
  );
}

type PartProps = Pick<AgentToolDetailsProps, 'tool' | 'onChange'>;

/** Kept as it was typed until it is an object. */
function FixedArguments({ tool, error, onChange }: PartProps & { error: string | undefined }) {
  const [typed, setTyped] = useState(tool.fixed === undefined ? '' : JSON.stringify(tool.fixed, null, 2));
  const [problem, setProblem] = useState<string | undefined>();
  const read = (text: string) => {
    setTyped(text);
    try {
      const value: unknown = text.trim() === '' ? {} : JSON.parse(text);
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError();
      setProblem(undefined);
      onChange({ fixed: value as Record<string, unknown> });
    } catch {
      setProblem('Write a JSON object: { "repository": "ours" }');
    }
  };
  return (
    <Field
      label="Fixed arguments"
      required={false}
      error={problem ?? error}
      hint="Given with each call. The model neither sees nor changes them."
    >
      {(control) => (
        <Textarea
          {...control}
          rows={2}
          spellCheck={false}
          className="font-mono text-sm"
          placeholder="{ … }"
          value={typed}
          onChange={(event) => read(event.target.value)}
        />
      )}
    </Field>
  );
}

function ForbiddenArguments({ tool, names, onChange }: PartProps & { names: readonly string[] }) {
  const forbidden = tool.forbidden ?? [];
  const offered = [...new Set([...names, ...forbidden])].filter((name) => !Object.hasOwn(tool.fixed ?? {}, name));
  if (offered.length === 0) return null;
  const toggle = (name: string, on: boolean) =>
    onChange({ forbidden: on ? [...forbidden, name] : forbidden.filter((each) => each !== name) });
  return (
    <fieldset>
      <legend className="text-sm font-medium">Forbidden arguments</legend>
      <div className="mt-1 flex flex-wrap gap-x-4">
        {offered.map((name) => (
          <Checkbox
            key={name}
            label={<span className="font-mono text-sm">{name}</span>}
            checked={forbidden.includes(name)}
            onChange={(event) => toggle(name, event.target.checked)}
          />
        ))}
      </div>
    </fieldset>
  );
}
