import { useState } from 'react';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { Select } from '@/shared/ui/select';
import { Switch } from '@/shared/ui/switch';
import { ScopeCodeField } from '../code/scope-code-field';
import { useEditor } from '../editor-context';
import { changeConfig, withField } from '../graph/edit-nodes';
import { findFieldProblem } from '../graph/field-rules';
import type { FormField } from '../graph/form-fields';
import { nodeName, type GraphNode } from '../graph/graph';
import { fieldMessage } from '../graph/placed-problems';
import { AgentField } from './agent-field';
import { AgentToolsField } from './agent-tools-field';
import { asText, textToConfig, type ConfigFieldProps } from './config-field';
import { CredentialField } from './credential-field';
import { InnerNodeField } from './inner-node-field';
import { JsonField } from './json-field';
import { KeyValuesField } from './key-values-field';
import { ModelField } from './model-field';
import { NumberInput } from './number-input';
import { PromptRefField } from './prompt-ref-field';
import { RowsField } from './rows-field';
import { ScriptField } from './script-field';
import { StringListField } from './string-list-field';
import { ToolField } from './tool-field';
import { useScope } from './use-scope';

export interface FieldControlProps {
  node: GraphNode;
  field: FormField;
  /** Takes the changed configuration where it is not the node's own. */
  onConfig?: (config: GraphNode['config']) => void;
}

/** One field of a node's form, with the control that its kind asks for. */
export function FieldControl({ node, field, onConfig }: FieldControlProps) {
  const { graph, edit, problems } = useEditor();
  const [left, setLeft] = useState(false);
  const value = node.config[field.name];
  const own = left ? findFieldProblem(field, value) : null;
  const props: ConfigFieldProps = {
    node,
    field,
    error: own ?? fieldMessage(problems, node.id, field.pointer),
    onLeave: () => setLeft(true),
    onChange: (next) => {
      if (onConfig) {
        onConfig(withField(node.config, field.name, next));
        return;
      }
      edit(changeConfig(graph, node.id, field.name, next), `change ${field.label} of ${nodeName(node)}`, {
        mergeKey: `${node.id} ${field.pointer}`,
        quiet: true,
      });
    },
  };
  return <div data-field={field.pointer}>{controlFor(props)}</div>;
}

function controlFor(props: ConfigFieldProps) {
  switch (props.field.editor) {
    case 'expression':
    case 'template':
      return <SourceField {...props} />;
    case 'model':
      return <ModelField {...props} />;
    case 'json':
    case 'json-schema':
      return <JsonField {...props} />;
    case 'key-values':
      return <KeyValuesField {...props} />;
    case 'string-list':
      return <StringListField {...props} />;
    case 'code':
      return <ScriptField {...props} />;
    case 'node':
      return <InnerNodeField {...props} renderField={(inner) => <FieldControl {...inner} />} />;
    case 'agent':
      return <AgentField {...props} />;
    case 'credential':
      return <CredentialField {...props} />;
    case 'tool':
      return <ToolField {...props} />;
    case 'tools':
      return <AgentToolsField {...props} />;
    case 'prompt-ref':
      return <PromptRefField {...props} />;
    case 'rows':
      return <RowsField {...props} />;
    case 'switch':
      return <SwitchField {...props} />;
    case 'select':
      return <SelectField {...props} />;
    case 'number':
      return <NumberField {...props} />;
    case 'text':
      return <TextField {...props} />;
  }
}

function SourceField({ node, field, error, onChange, onLeave }: ConfigFieldProps) {
  const { readOnly } = useEditor();
  const scope = useScope(node);
  const language = field.editor === 'expression' ? 'expression' : 'template';
  return (
    <Field label={field.label} hint={field.hint} error={error} required={field.required}>
      {(control) => (
        <ScopeCodeField
          id={control.id}
          label={field.label}
          describedBy={control['aria-describedby']}
          invalid={error !== undefined}
          language={language}
          scope={scope}
          value={asText(node.config[field.name])}
          readOnly={readOnly}
          minLines={language === 'expression' ? 2 : 3}
          onChange={(text) => onChange(textToConfig(text, field.required))}
          onBlur={onLeave}
        />
      )}
    </Field>
  );
}

function TextField({ node, field, error, onChange, onLeave }: ConfigFieldProps) {
  return (
    <Field label={field.label} hint={field.hint} error={error} required={field.required}>
      {(control) => (
        <Input
          {...control}
          value={asText(node.config[field.name])}
          onChange={(event) => onChange(textToConfig(event.target.value, field.required))}
          onBlur={onLeave}
        />
      )}
    </Field>
  );
}

function NumberField({ node, field, error, onChange, onLeave }: ConfigFieldProps) {
  const { minimum, maximum, type } = field.schema;
  return (
    <Field label={field.label} hint={field.hint} error={error} required={field.required}>
      {(control) => (
        <NumberInput
          {...control}
          value={node.config[field.name]}
          min={minimum}
          // Zod writes the largest safe integer where there is no bound; it says nothing to people.
          max={maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum}
          step={type === 'integer' ? 1 : 'any'}
          onChange={onChange}
          onBlur={onLeave}
        />
      )}
    </Field>
  );
}

function SelectField({ node, field, error, onChange, onLeave }: ConfigFieldProps) {
  const options = (field.schema.enum ?? []).map((option) => ({ value: String(option), label: String(option) }));
  const value = asText(node.config[field.name]);
  const isOther = value !== '' && !options.some((option) => option.value === value);
  return (
    <Field label={field.label} hint={field.hint} error={error} required={field.required}>
      {(control) => (
        <Select
          {...control}
          placeholder={field.required ? (value === '' ? 'Choose' : undefined) : 'Not set'}
          options={isOther ? [...options, { value, label: `${value} (not possible)` }] : options}
          value={value}
          onChange={(event) =>
            onChange(
              event.target.value === ''
                ? undefined
                : (field.schema.enum ?? []).find((each) => String(each) === event.target.value),
            )
          }
          onBlur={onLeave}
        />
      )}
    </Field>
  );
}

function SwitchField({ node, field, error, onChange }: ConfigFieldProps) {
  const { readOnly } = useEditor();
  return (
    <div>
      <Switch
        label={field.label}
        checked={node.config[field.name] === true}
        disabled={readOnly}
        onChange={(on) => onChange(on || field.required ? on : undefined)}
      />
      {field.hint && <p className="text-muted mt-0.5 text-sm">{field.hint}</p>}
      {error && <p className="text-danger mt-0.5 text-sm">{error}</p>}
    </div>
  );
}
