import { StepError } from '#kernel';
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
    expect(registry.find(name)).toBeUndefined();
    await expect(registry.run(name, {}, call())).rejects.toMatchObject({ code: 'tool.unknown' });
  });

  it('says what is wrong with arguments, whatever they are', () => {
    const found = new ToolRegistry([tool()]).find('echo');
    expect(found?.check({ n: 1 })).toEqual([]);
    expect(found?.check({ n: '1' })[0]).toMatchObject({ pointer: '/arguments/n' });
    expect(found?.check({ n: 1, shell: 'rm' })[0]).toMatchObject({ pointer: '/arguments/shell' });
    for (const wrong of [null, 'text', 5, [], undefined]) expect(found?.check(wrong)).not.toEqual([]);
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
