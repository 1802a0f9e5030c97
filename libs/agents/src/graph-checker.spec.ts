import type { CredentialVault } from '#integrations';
import type { PromptPins } from '#prompts';
import { edges, node } from '../../kernel/src/testing/index.js';
import { GraphChecker } from './graph-checker.js';

const MINE = '0190f2a4-5b6c-7000-8000-00000000aaaa';
const THEIRS = '0190f2a4-5b6c-7000-8000-00000000bbbb';

class FakeVault {
  readonly asked: (readonly string[])[] = [];

  findUsable(ids: readonly string[]): Promise<ReadonlyMap<string, object>> {
    this.asked.push(ids);
    return Promise.resolve(new Map(ids.filter((id) => id === MINE).map((id) => [id, {}])));
  }
}

const noPrompts = { find: () => Promise.resolve([]) };

const http = (credentialId: string) => ({ method: 'GET', url: 'https://example.org/', credentialId });

function graphWith(config: object, kind = 'http') {
  return {
    nodes: [node('start', 'start'), node('call', kind, config as never), node('output', 'output', { expression: '1' })],
    edges: edges('start > call > output'),
  };
}

const check = (graph: ReturnType<typeof graphWith>, vault = new FakeVault()) =>
  new GraphChecker(vault as unknown as CredentialVault, noPrompts as unknown as PromptPins).check(graph);

describe('a graph that names credentials', () => {
  it('is right when whoever is asking may use them', async () => {
    const { graph, problems } = await check(graphWith(http(MINE)));
    expect([graph === null, problems]).toEqual([false, []]);
  });

  it.each([
    ['a node', graphWith(http(THEIRS)), '/nodes/1/config/credentialId'],
    [
      'a node inside a node',
      graphWith({ items: '[1]', node: { kind: 'http', config: http(THEIRS) } }, 'map'),
      '/nodes/1/config/node/config/credentialId',
    ],
  ])('cannot be published with one that is not theirs to use, in %s', async (_where, graph, pointer) => {
    const result = await check(graph);
    expect(result.graph).toBeNull();
    expect(result.problems).toContainEqual({
      pointer,
      code: 'credential.not_found',
      message: expect.stringMatching(/no such credential that you may use/),
    });
  });

  it('is asked about once for each credential, and not at all without one', async () => {
    const vault = new FakeVault();
    await check(graphWith({ method: 'GET', url: 'https://example.org/' }), vault);
    expect(vault.asked).toEqual([]);
    const two = graphWith(http(MINE));
    await check({ ...two, nodes: [...two.nodes, node('again', 'http', http(MINE))] }, vault);
    expect(vault.asked).toEqual([[MINE]]);
  });
});
