import { Copy, EllipsisVertical, Link2, Trash2 } from 'lucide-react';
import { Callout } from '@/shared/ui/callout';
import { IconButton } from '@/shared/ui/icon-button';
import { Inspector } from '@/shared/ui/inspector';
import { Menu, MenuItem } from '@/shared/ui/menu';
import { NodeIcon } from '../canvas/node-icon';
import { useEditor } from '../editor-context';
import { formFieldsOf } from '../graph/form-fields';
import { nodeName, START_KIND, type GraphNode } from '../graph/graph';
import { problemsOfNode } from '../graph/placed-problems';
import { useGraphActions } from '../use-graph-actions';
import { FieldControl } from './field-control';
import { NodeConnections } from './node-connections';
import { NodeFailureFields } from './node-failure-fields';
import { NodeIdentity } from './node-identity';
import { StartSchemaField } from './start-schema-field';

/** The form of one node, made from the schema of its kind. */
export function NodeInspector({ node }: { node: GraphNode }) {
  const { kindOf, readOnly, problems, closeSide, focusNode } = useEditor();
  const kind = kindOf(node.kind);
  const fields = formFieldsOf(kind);
  const shown = ['/name', '/id', '/retry', '/timeoutMs', ...fields.map((field) => field.pointer)];
  const homeless = problemsOfNode(problems, node.id).filter(
    ({ field }) => !shown.some((place) => field === place || field.startsWith(`${place}/`)),
  );
  return (
    <Inspector
      title={
        <span className="flex items-center gap-2 [&_svg]:size-4 [&_svg]:shrink-0">
          <span className="text-muted">
            <NodeIcon name={kind?.icon} />
          </span>
          <span className="truncate">{nodeName(node)}</span>
        </span>
      }
      details={<span className="truncate">{kind?.title ?? node.kind}</span>}
      actions={!readOnly && <NodeMenu node={node} />}
      onClose={closeSide}
    >
      <div
        className="flex flex-col gap-4 p-4"
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.defaultPrevented) return;
          event.preventDefault();
          focusNode(node.id);
        }}
      >
        {homeless.map((problem) => (
          <Callout key={problem.code + problem.field} tone="danger">
            {problem.message}
          </Callout>
        ))}
        <fieldset disabled={readOnly} className="contents">
          <legend className="sr-only">Fields of {nodeName(node)}</legend>
          <NodeIdentity node={node} />
          <div data-field="" className="flex flex-col gap-4">
            {kind === undefined && (
              <Callout tone="warning">
                This server does not know the kind “{node.kind}”, so its fields cannot be shown.
              </Callout>
            )}
            {fields.map((field) =>
              node.kind === START_KIND && field.name === 'schema' ? (
                <StartSchemaField key={field.name} node={node} field={field} />
              ) : (
                <FieldControl key={field.name} node={node} field={field} />
              ),
            )}
          </div>
          {node.kind !== START_KIND && <NodeFailureFields node={node} />}
          <NodeConnections node={node} />
        </fieldset>
      </div>
    </Inspector>
  );
}

function NodeMenu({ node }: { node: GraphNode }) {
  const { startConnecting } = useEditor();
  const { duplicateSelection, removeSelection } = useGraphActions();
  return (
    <Menu trigger={<IconButton label={`More to do with ${nodeName(node)}`} icon={<EllipsisVertical />} />}>
      <MenuItem icon={<Link2 />} shortcut="C" onSelect={() => startConnecting(node.id)}>
        Connect
      </MenuItem>
      <MenuItem icon={<Copy />} onSelect={duplicateSelection}>
        Duplicate
      </MenuItem>
      <MenuItem icon={<Trash2 />} danger onSelect={removeSelection}>
        Delete
      </MenuItem>
    </Menu>
  );
}
