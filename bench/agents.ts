import type { Setup } from './setup.js';

const START = {
  id: 'start',
  kind: 'start',
  config: { schema: { type: 'object', properties: { text: { type: 'string' }, count: { type: 'integer' } } } },
};

/** An effectful step that costs next to nothing by itself. */
const ASK_THE_TIME = { kind: 'tool', config: { tool: 'datetime', arguments: { operation: 'now' } } };

/** start → `count` transforms → output. */
export function pureSteps(count: number): object {
  return chain(
    Array.from({ length: count - 2 }, (_, index) => ({
      id: `t${index}`,
      kind: 'transform',
      config: {
        expression: index === 0 ? '{ "length": $length(input.text) }' : `{ "length": steps.t${index - 1}.length + 1 }`,
      },
    })),
  );
}

/** start → `count` http calls to `url` → output. */
export function httpSteps(count: number, url: string): object {
  return chain(
    Array.from({ length: count }, (_, index) => ({ id: `h${index}`, kind: 'http', config: { method: 'GET', url } })),
  );
}

/** start → `count` calls of a tool that answers at once → output. */
export function toolSteps(count: number): object {
  return chain(Array.from({ length: count }, (_, index) => ({ id: `t${index}`, ...ASK_THE_TIME })));
}

/** start → the same tool once per item, so many at a time → output. */
export function mapOverItems(concurrency: number): object {
  return chain([
    { id: 'each', kind: 'map', config: { items: '[1..input.count]', node: ASK_THE_TIME, concurrency } },
    { id: 'count', kind: 'transform', config: { expression: '$count(steps.each)' } },
  ]);
}

/** start → an agent that may use one tool → output. */
export function agentWithTool(model: string): object {
  return chain([
    {
      id: 'agent',
      kind: 'agent',
      config: { model, prompt: 'What time is it? {{ input.text }}', tools: [{ name: 'datetime' }] },
    },
  ]);
}

/** start → `count` transforms, each of which gives as much text as came in → output. */
export function largeSteps(count: number): object {
  return chain(
    Array.from({ length: count }, (_, index) => ({
      id: `t${index}`,
      kind: 'transform',
      config: { expression: `input.text & "${index}"` },
    })),
    '$length(steps.t0)',
  );
}

/** start → a map with a transform for each item → output. */
export function manyItems(count: number): object {
  const node = { kind: 'transform', config: { expression: '{ "n": vars.item, "text": input.text }' } };
  return chain([{ id: 'all', kind: 'map', config: { items: `[1..${count}]`, node } }], '$count(steps.all)');
}

/** start → one model call → output. */
export function modelCall(model: string): object {
  return chain([{ id: 'answer', kind: 'llm', config: { model, prompt: 'Say something about: {{ input.text }}' } }]);
}

interface BenchNode {
  readonly id: string;
  readonly kind: string;
  readonly config: object;
}

function chain(middle: readonly BenchNode[], output?: string): object {
  const config = output === undefined ? {} : { expression: output };
  const nodes = [START, ...middle, { id: 'out', kind: 'output', config }];
  return { nodes, edges: nodes.slice(1).map((node, index) => ({ from: nodes[index]?.id, to: node.id })) };
}

/** Makes and publishes an agent; answers with its id. */
export async function publishAgent(setup: Setup, graph: object): Promise<string> {
  const agent = (await post(setup, '/api/v1/agents', { name: 'Bench' })) as { id: string };
  const draft = await fetch(`${setup.url}/api/v1/agents/${agent.id}/draft`, {
    method: 'PUT',
    headers: setup.headers,
    body: JSON.stringify(graph),
  });
  if (!draft.ok) throw new Error(`The bench's own graph was refused: ${await draft.text()}`);
  await post(setup, `/api/v1/agents/${agent.id}/publish`, {});
  return agent.id;
}

async function post(setup: Setup, path: string, body: unknown): Promise<unknown> {
  const response = await fetch(setup.url + path, {
    method: 'POST',
    headers: setup.headers,
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response.json();
}
