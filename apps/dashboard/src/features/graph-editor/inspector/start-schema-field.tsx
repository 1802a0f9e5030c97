import { Plus } from 'lucide-react';
import { useState } from 'react';
import { schemaFieldsOf, type SchemaField } from '@/shared/forms/schema-fields';
import { Button } from '@/shared/ui/button';
import { useEditor, unfinishedKey } from '../editor-context';
import { changeConfig } from '../graph/edit-nodes';
import type { FormField } from '../graph/form-fields';
import type { GraphNode } from '../graph/graph';
import { fieldMessage } from '../graph/placed-problems';
import { newNodeId } from '../graph/new-node-id';
import { changeStartField, removeStartField } from '../graph/start-fields';
import { JsonField } from './json-field';
import { StartFieldRow } from './start-field-row';

/** The input of an agent: lines with names and types, or the JSON schema behind them. */
export function StartSchemaField({ node, field }: { node: GraphNode; field: FormField }) {
  const { graph, edit, problems, readOnly, unfinished } = useEditor();
  const schema = node.config[field.name];
  const fields = schemaFieldsOf(schema);
  const [wantsJson, setWantsJson] = useState(false);
  const [opened, setOpened] = useState<string | null>(null);
  const isUnfinished = unfinished.has(unfinishedKey(node.id, field.pointer));
  const error = fieldMessage(problems, node.id, field.pointer);
  const write = (value: unknown, what: string, mergeKey?: string) =>
    edit(changeConfig(graph, node.id, field.name, value), what, { mergeKey, quiet: mergeKey !== undefined });
  const asJson = wantsJson || fields === null || isUnfinished;
  const names = fields?.map((each) => each.name) ?? [];
  const add = () => {
    const name = newNodeId('field', names);
    setOpened(name);
    write(
      changeStartField(schema, name, { name, type: 'string', title: '', description: '', required: true, options: [] }),
      `add the input field ${name}`,
    );
  };
  const change = (before: SchemaField, after: SchemaField) => {
    if (before.name !== after.name) setOpened(after.name);
    write(
      changeStartField(schema, before.name, after),
      `change the input field ${after.name}`,
      `${node.id} ${field.pointer} ${before.name}`,
    );
  };
  return (
    <div data-field={field.pointer} className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-2">
        <h3 className="text-sm font-medium">Input of a run</h3>
        <Button
          size="sm"
          variant="quiet"
          disabled={fields === null || isUnfinished}
          onClick={() => setWantsJson(!asJson)}
        >
          {asJson ? 'Edit as fields' : 'Edit as JSON schema'}
        </Button>
      </div>
      {asJson ? (
        <>
          {fields === null && (
            <p className="text-muted text-sm">This schema says more than a list of fields can show.</p>
          )}
          <JsonField
            node={node}
            field={field}
            error={error}
            onLeave={() => {}}
            onChange={(value) => write(value, 'change the input schema', `${node.id} ${field.pointer}`)}
          />
        </>
      ) : (
        <>
          {fields.length === 0 && <p className="text-muted text-sm">Anything goes: the input is not checked.</p>}
          <ul className="divide-line divide-y rounded-md border empty:hidden">
            {fields.map((each) => (
              <StartFieldRow
                key={each.name}
                field={each}
                taken={names.filter((name) => name !== each.name)}
                open={opened === each.name}
                onToggle={(open) => setOpened(open ? each.name : null)}
                onChange={(next) => change(each, next)}
                onRemove={() => write(removeStartField(schema, each.name), `remove the input field ${each.name}`)}
              />
            ))}
          </ul>
          {error && <p className="text-danger text-sm">{error}</p>}
          {!readOnly && (
            <Button size="sm" variant="quiet" icon={<Plus />} className="self-start" onClick={add}>
              Add a field
            </Button>
          )}
        </>
      )}
    </div>
  );
}
