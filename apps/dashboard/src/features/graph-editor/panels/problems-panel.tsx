import { CircleCheck } from 'lucide-react';
import { EmptyState } from '@/shared/ui/empty-state';
import { Inspector } from '@/shared/ui/inspector';
import { useEditor } from '../editor-context';
import { edgeKey, edgeWords, findNode, nodeName } from '../graph/graph';
import type { PlacedProblem } from '../graph/placed-problems';
import { problemWords } from '../canvas/flow-elements';

/** Everything that keeps the draft from being published; each line opens its field. */
export function ProblemsPanel() {
  const { graph, problems, openProblem, closeSide } = useEditor();
  const placeOf = ({ nodeId, edge, field }: PlacedProblem) => {
    const node = findNode(graph, nodeId);
    const connection = graph.edges.find((each) => edgeKey(each) === edge);
    if (node)
      return `${nodeName(node)}${field === '' ? '' : ` · ${field.replace(/^\/config\//, '').replaceAll('/', ' › ')}`}`;
    return connection ? edgeWords(graph, connection) : 'The graph';
  };
  return (
    <Inspector title={problems.length === 0 ? 'Problems' : problemWords(problems.length)} onClose={closeSide}>
      {problems.length === 0 ? (
        <EmptyState icon={<CircleCheck className="text-success" />} title="No problems">
          The draft can be published.
        </EmptyState>
      ) : (
        <ol aria-label="Problems" className="divide-line divide-y">
          {problems.map((problem, index) => (
            <li key={index}>
              <button
                type="button"
                className="hover:bg-hover block w-full px-4 py-2.5 text-left focus-visible:outline-offset-[-2px]"
                onClick={() => openProblem(problem)}
              >
                <span className="text-muted block truncate text-sm">{placeOf(problem)}</span>
                <span className="block break-words">{problem.message}</span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </Inspector>
  );
}
