import { StepError } from '#kernel';
import { AppError } from '#platform/errors';
import { ToolRegistry } from './tool-registry.js';
import type { Tool } from './tool.js';

const tool = (rest: Partial<Tool> = {}): Tool => ({
  name: 'echo',
  description: 'Says it again',
  inputSchema: { type: 'object', properties: { n: { type: 'number' } }, required: ['n'], additionalProperties: false },
  effect: 'read',
  timeoutMs: 1_000,
  outputBytes: 100,
  run: (args) => args,
  ...rest,
});

const call = (signal = new AbortController().signal) => ({ signal, idempotencyKey: 'key' });

describe('the registry of tools', () => {
  it('refuses a second tool with a name that is taken, a name that models cannot call, and a schema that is none', () => {
    expect(() => new ToolRegistry([tool(), tool()])).toThrow(/two tools with the name “echo”/);
    expect(() => new ToolRegistry([tool({ name: 'a b' })])).toThrow(/no name for a tool/);
    expect(() => new ToolRegistry([tool({ inputSchema: { type: 'nothing' } })])).toThrow(/schema of the tool “echo”/);
  });

  it.each(['__proto__', 'constructor', 'toString', 'ECHO', ''])('finds no tool %j', async (name) => {
    const registry = new ToolRegistry([tool()]);
    expect(await registry.find(name)).toBeUndefined();
    await expect(registry.run(name, {}, call())).rejects.toMatchObject({ code: 'tool.unknown' });
  });

  it('says what is wrong with arguments, whatever they are', async () => {
    const found = await new ToolRegistry([tool()]).find('echo');
    expect(found?.check({ n: 1 })).toEqual([]);
    expect(found?.check({ n: '1' })[0]).toMatchObject({ pointer: '/arguments/n' });
    expect(found?.check({ n: 1, shell: 'rm' })[0]).toMatchObject({ pointer: '/arguments/shell' });
    for (const wrong of [null, 'text', 5, [], undefined]) expect(found?.check(wrong)).not.toEqual([]);
  });

  it('finds and runs the tools of its sources too, the built-in ones first', async () => {
    const own = [tool({ name: 'tracker__search', run: () => 'own' }), tool({ run: () => 'not this one' })];
    const registry = new ToolRegistry([tool({ run: () => 'built in' })]);
    registry.addSource({
      list: () => Promise.resolve(own),
      find: (name) => Promise.resolve(own.find((each) => each.name === name)),
    });
    expect((await registry.list()).map(({ name }) => name)).toEqual(['echo', 'tracker__search']);
    expect(await registry.run('tracker__search', { n: 1 }, call())).toBe('own');
    expect(await registry.run('echo', { n: 1 }, call())).toBe('built in');
    expect((await registry.find('tracker__search'))?.check({ n: 'one' })[0]).toMatchObject({ pointer: '/arguments/n' });
  });

  it('tells runs when a tool wants a person to be asked', async () => {
    const registry = new ToolRegistry([tool({ approval: 'always' }), tool({ name: 'plain' })]);
    expect((await registry.find('echo'))?.approval).toBe('always');
    expect(await registry.find('plain')).not.toHaveProperty('approval');
  });

  it('ends a tool that does not end by itself, and says whether it may have written', async () => {
    const never = (): Promise<never> => new Promise(() => undefined);
    const reads = new ToolRegistry([tool({ timeoutMs: 20, run: never })]);
    await expect(reads.run('echo', {}, call())).rejects.toMatchObject({ code: 'tool.timeout', outcomeUnknown: false });
    const writes = new ToolRegistry([tool({ timeoutMs: 20, run: never, effect: 'write' })]);
    await expect(writes.run('echo', {}, call())).rejects.toMatchObject({ code: 'tool.timeout', outcomeUnknown: true });
  });

  it('ends with whoever called it', async () => {
    const controller = new AbortController();
    const running = new ToolRegistry([tool({ run: () => new Promise(() => undefined) })]).run(
      'echo',
      {},
      call(controller.signal),
    );
    controller.abort(new Error('the run was cancelled'));
    await expect(running).rejects.toThrow('the run was cancelled');
  });

  it('keeps results within their size and free of what is no JSON', async () => {
    const result = (value: unknown) => new ToolRegistry([tool({ run: () => value })]).run('echo', {}, call());
    await expect(result('x'.repeat(200))).rejects.toMatchObject({ code: 'tool.output_too_large' });
    await expect(result(() => 1)).rejects.toMatchObject({ code: 'tool.output_invalid' });
    expect(await result({ a: undefined })).toEqual({});
  });

  it('lets errors of tools through as they are', async () => {
    const own = new StepError({ code: 'own.code', message: 'no', retryable: false });
    const registry = new ToolRegistry([
      tool({
        run: () => {
          throw own;
        },
      }),
    ]);
    await expect(registry.run('echo', {}, call())).rejects.toBe(own);
  });
});

describe('a tool that needs a credential', () => {
  const opened: string[] = [];
  const credentials = {
    open: (id: string, usedBy: string) => {
      opened.push(`${id} ${usedBy}`);
      if (id === 'gone') return Promise.reject(new AppError('not_found', 'credential.not_found', 'There is none.'));
      return Promise.resolve({
        kind: 'github',
        fields: {},
        headersFor: () => Promise.resolve({}),
        opened: () => Promise.resolve({}),
      });
    },
  };
  const registryOf = (rest: Partial<Tool>) =>
    new ToolRegistry([tool({ run: (_args, { credential }) => credential?.kind ?? null, ...rest })], { credentials });
  const needs = { credential: { kinds: ['github'], required: true } };

  it('is given the one that was chosen, and says for what', async () => {
    const result = await registryOf(needs).run('echo', {}, { ...call(), credentialId: 'mine', usedBy: 'Run 1' });
    expect([result, opened.at(-1)]).toEqual(['github', 'mine Run 1']);
  });

  it.each<[string, Partial<Tool>, { credentialId?: string }, string]>([
    ['without one', needs, {}, 'tool.credential_required'],
    [
      'with one of another kind',
      { credential: { kinds: ['slack'], required: false } },
      { credentialId: 'x' },
      'credential.wrong_kind',
    ],
    ['with one that is gone', needs, { credentialId: 'gone' }, 'credential.not_found'],
    ['with one that it does not take', {}, { credentialId: 'x' }, 'tool.takes_no_credential'],
  ])('is not run %s', async (_how, rest, chosen, code) => {
    let hasRun = false;
    const registry = registryOf({ ...rest, run: () => (hasRun = true) });
    await expect(registry.run('echo', {}, { ...call(), ...chosen })).rejects.toMatchObject({ code });
    expect(hasRun).toBe(false);
  });

  it('may do without one where it is optional', async () => {
    const optional = { credential: { kinds: [], required: false } };
    expect(await registryOf(optional).run('echo', {}, call())).toBeNull();
  });
});

describe('arguments with names that mean something in JavaScript', () => {
  it.each(['{"__proto__":{"a":1}}', '{"n":1,"deep":[{"constructor":1}]}', '{"deep":{"prototype":{}}}'])(
    'are refused: %s',
    async (text) => {
      const anything = tool({ inputSchema: { type: 'object' } });
      const problems = (await new ToolRegistry([anything]).find('echo'))?.check(JSON.parse(text) as object);
      expect(problems).toMatchObject([{ code: 'tool.forbidden_key' }]);
      expect(({} as { a?: unknown }).a).toBeUndefined();
    },
  );
});

describe('what is told of calls', () => {
  it('is name, outcome and time, and nothing of what was said', async () => {
    const told: object[] = [];
    const registry = new ToolRegistry([tool({ run: () => 'canary-result' })], { onCall: (each) => told.push(each) });
    await registry.run('echo', { secret: 'canary-argument' }, call());
    expect(told).toEqual([{ tool: 'echo', outcome: 'succeeded', ms: expect.any(Number) as number }]);
  });
});
