import type { GraphNode } from '../support/clients/agents.client.js';
import type { ApiClient } from '../support/clients/api.client.js';
import type { Execution, ExecutionStep } from '../support/clients/executions.client.js';
import { chain } from '../support/graphs/chain.js';
import { type AgentFlow, startAgentFlow } from '../support/start-agentflow.js';

interface Reference {
  readonly hash: string;
  readonly bytes: number;
  readonly preview: string;
}

type WithLarge<T> = T & { readonly large: Readonly<Record<string, Reference>> | null };

/** Real: server processes, stores. */
describe('a run with large values', () => {
  let agentflow: AgentFlow;
  let client: ApiClient;

  beforeAll(async () => {
    agentflow = await startAgentFlow();
    client = agentflow.client;
  });

  afterAll(() => agentflow?.stop());

  /** Ends with a text of so many characters. */
  function runGiving(characters: number): Promise<WithLarge<Execution>> {
    return runOf({ kind: 'transform', config: { expression: `$pad("", ${characters}, "x")` } });
  }

  async function runOf(node: Pick<GraphNode, 'kind' | 'config'>, input = {}): Promise<WithLarge<Execution>> {
    const agentId = await client.agents.publishNew(chain([{ id: 'make', ...node }], 'steps.make'));
    return (await client.executions.run({ agentId, input })) as WithLarge<Execution>;
  }

  it('comes with a reference to its output, which is fetched or downloaded', async () => {
    const whole = await runGiving(100_000);
    expect(whole).toMatchObject({ status: 'succeeded', output: 'x'.repeat(100_000), large: null });
    const read = (await client.executions.get(whole.id)) as WithLarge<Execution>;
    expect(read).toMatchObject({ output: null, large: { output: { bytes: 100_002 } } });
    const reference = read.large?.output as Reference;
    expect(reference.preview).toMatch(/^"x{2000,2047}$/);
    const path = `/executions/${whole.id}/payloads/${reference.hash}`;
    const answer = await client.http.send('GET', path);
    expect(answer).toMatchObject({ status: 200, body: whole.output });
    const file = await client.http.send('GET', `${path}?download=true`);
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename=".+\.json"$/);
    expect(file.text).toBe(answer.text);
  });

  it('has small events, whoever reads them, and small rows of steps', async () => {
    const { id, large } = await runGiving(2_000_000);
    const reference = large?.output as Reference;
    expect(reference).toMatchObject({ bytes: 2_000_002 });
    const events = await client.executions.allEvents(id);
    expect(JSON.stringify(events).length).toBeLessThan(20_000);
    const ends = events.filter(({ type }) => type === 'step-end' || type === 'execution-end');
    expect(ends.filter(({ data }) => data.large).map(({ data }) => data.large)).toEqual(
      Array.from({ length: 3 }, () => ({ output: reference })),
    );
    const streamed = [];
    for await (const event of client.executions.follow(id)) streamed.push(event);
    expect(streamed).toEqual(events);
    const steps = (await client.executions.steps(id)) as WithLarge<ExecutionStep>[];
    expect(steps.find(({ path }) => path === 'make')).toMatchObject({ output: null, large: { output: reference } });
  });

  it('ends as a limit where a step gives too much', async () => {
    const node = { kind: 'transform', config: { expression: 'input.text' } };
    const run = await runOf({ kind: 'map', config: { items: '[1..220]', node } }, { text: 'x'.repeat(900_000) });
    expect(run).toMatchObject({ status: 'failed', error: { code: 'map.output_too_large', stepId: 'make' } });
    expect((await client.executions.allEvents(run.id)).at(-1)?.type).toBe('execution-end');
  });

  it('does not open what another run refers to', async () => {
    const [one, other] = [await runGiving(100_000), await runGiving(100_001)];
    const { large } = (await client.executions.get(one.id)) as WithLarge<Execution>;
    const answer = await client.http.send('GET', `/executions/${other.id}/payloads/${large?.output?.hash}`);
    expect(answer).toMatchObject({ status: 404, body: { code: 'payload.not_found' } });
  });
});
