import { useState } from 'react';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { useEditor } from '../editor-context';
import { changeNode } from '../graph/edit-nodes';
import { nodeName, type GraphNode } from '../graph/graph';
import { findIdProblem } from '../graph/new-node-id';
import { fieldMessage } from '../graph/placed-problems';
import { renameNode, type RenameOutcome } from '../graph/rename-node';

/** What a node is called: its name for people, its id for expressions. */
export function NodeIdentity({ node }: { node: GraphNode }) {
  const { graph, edit, problems } = useEditor();
  return (
    <div className="grid grid-cols-2 gap-x-3">
      <div data-field="/name">
        <Field label="Name" error={fieldMessage(problems, node.id, '/name')}>
          {(control) => (
            <Input
              {...control}
              maxLength={200}
              placeholder={node.id}
              value={node.name ?? ''}
              onChange={(event) => {
                const name = event.target.value === '' ? undefined : event.target.value;
                edit(changeNode(graph, node.id, { name }), `rename ${nodeName(node)}`, {
                  mergeKey: `${node.id} /name`,
                  quiet: true,
                });
              }}
            />
          )}
        </Field>
      </div>
      <IdField node={node} />
    </div>
  );
}

function IdField({ node }: { node: GraphNode }) {
  const { graph, edit, kindOf, problems, select, focusNode } = useEditor();
  const [typed, setTyped] = useState<string | null>(null);
  const [asked, setAsked] = useState<RenameOutcome | null>(null);
  const others = graph.nodes.filter((each) => each !== node).map((each) => each.id);
  const next = typed ?? node.id;
  const problem = next === node.id ? null : findIdProblem(next, others);

  const rename = (outcome: RenameOutcome) => {
    setAsked(null);
    setTyped(null);
    edit(outcome.graph, `rename the id ${node.id} to ${next}`);
    select([next]);
    focusNode(next);
  };
  const leave = () => {
    if (next === node.id || problem !== null) return;
    const outcome = renameNode(graph, node.id, next, kindOf);
    if (outcome.references > 0) setAsked(outcome);
    else rename(outcome);
  };
  return (
    <>
      <div data-field="/id">
        <Field
          label="Id"
          error={problem ?? fieldMessage(problems, node.id, '/id')}
          hint={
            <code className="break-all" title="How other steps use its output">
              steps.{next}
            </code>
          }
        >
          {(control) => (
            <Input
              {...control}
              className="font-mono"
              spellCheck={false}
              autoComplete="off"
              value={next}
              onChange={(event) => {
                setAsked(null);
                setTyped(event.target.value);
              }}
              onBlur={leave}
              onKeyDown={(event) => {
                if (event.key === 'Enter') leave();
                if (event.key === 'Escape' && typed !== null) {
                  event.preventDefault();
                  setTyped(null);
                  setAsked(null);
                }
              }}
            />
          )}
        </Field>
      </div>
      {asked && (
        <Callout tone="warning" announce className="col-span-2 mt-2">
          <p>
            {mentions(asked)} <code>steps.{node.id}</code>. They are changed to <code>steps.{next}</code>, connections
            too.
          </p>
          <div className="mt-2 flex flex-wrap gap-2">
            <Button size="sm" variant="primary" onClick={() => rename(asked)}>
              Rename to {next}
            </Button>
            <Button
              size="sm"
              onClick={() => {
                setAsked(null);
                setTyped(null);
              }}
            >
              Keep {node.id}
            </Button>
          </div>
        </Callout>
      )}
    </>
  );
}

function mentions({ references, nodes }: RenameOutcome): string {
  const places = references === 1 ? '1 mention' : `${references} mentions`;
  return `${places} in ${nodes === 1 ? '1 node' : `${nodes} nodes`} ${references === 1 ? 'uses' : 'use'}`;
}
