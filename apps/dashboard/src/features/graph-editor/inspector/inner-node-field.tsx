import { Fragment, type ReactNode } from 'react';
import { Field } from '@/shared/ui/field';
import { Select } from '@/shared/ui/select';
import { useEditor } from '../editor-context';
import { type FormField, formFieldsOf } from '../graph/form-fields';
import type { GraphNode } from '../graph/graph';
import { fieldMessage } from '../graph/placed-problems';
import type { ConfigFieldProps } from './config-field';
import { ItemScope } from './use-scope';

interface InnerNode {
  kind: string;
  config: GraphNode['config'];
}

interface InnerNodeFieldProps extends ConfigFieldProps {
  /** Shows one field of the inner node: what shows this field knows how. */
  renderField: (field: {
    node: GraphNode;
    field: FormField;
    onConfig: (config: GraphNode['config']) => void;
  }) => ReactNode;
}

/** A node that stands inside of another one and is run for each of its items: its kind, and the form of that kind. */
export function InnerNodeField({ node, field, error, onChange, onLeave, renderField }: InnerNodeFieldProps) {
  const { kinds, kindOf, problems } = useEditor();
  const inner = innerOf(node.config[field.name]);
  const offered = kinds.filter((each) => each.mayBeInner);
  const kind = inner ? kindOf(inner.kind) : undefined;
  const options = offered.map((each) => ({ value: each.kind, label: each.title }));
  const isOther = inner !== null && !offered.some((each) => each.kind === inner.kind);
  const choose = (name: string) => {
    const chosen = kindOf(name);
    if (name === '') onChange(undefined);
    else if (chosen && name !== inner?.kind) onChange({ kind: name, config: structuredClone(chosen.defaults) });
  };
  return (
    <div className="flex flex-col gap-3">
      <Field
        label={field.label}
        hint={field.hint}
        error={inner ? fieldMessage(problems, node.id, `${field.pointer}/kind`) : error}
      >
        {(control) => (
          <Select
            {...control}
            placeholder="Nothing of its own: an agent"
            options={isOther ? [...options, { value: inner.kind, label: `${inner.kind} (not possible)` }] : options}
            value={inner?.kind ?? ''}
            onChange={(event) => choose(event.target.value)}
            onBlur={onLeave}
          />
        )}
      </Field>
      {inner && (
        <ItemScope>
          <div className="border-line flex flex-col gap-3 border-l pl-3">
            {formFieldsOf(kind).map((each) => (
              <Fragment key={`${inner.kind} ${each.name}`}>
                {renderField({
                  // The same node to everything that goes by its id: problems, completion, undo.
                  node: { ...node, kind: inner.kind, config: inner.config },
                  field: { ...each, pointer: `${field.pointer}${each.pointer}` },
                  onConfig: (config) => onChange({ ...inner, config }),
                })}
              </Fragment>
            ))}
            {kind === undefined && (
              <p className="text-danger text-sm">This server does not know the kind “{inner.kind}”.</p>
            )}
          </div>
        </ItemScope>
      )}
    </div>
  );
}

function innerOf(value: unknown): InnerNode | null {
  if (typeof value !== 'object' || value === null) return null;
  const { kind, config } = value as Partial<InnerNode>;
  return typeof kind === 'string' ? { ...value, kind, config: config ?? {} } : null;
}
