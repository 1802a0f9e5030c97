import { StepError } from '#kernel';
import { EgressError } from '#platform/egress';
import { Sandbox } from '#sandbox';
import { ToolRegistry } from '#tools';
import { FakeLanguageModel } from '../../providers/src/testing/fake-language-model.js';
import { RunServices } from './run-services.js';

const sandbox = new Sandbox({ threads: 1 });
afterAll(() => sandbox.close());

const call = { signal: new AbortController().signal, idempotencyKey: 'run:step' };

function services(model = new FakeLanguageModel()): RunServices {
  const router = { languageModel: () => model } as unknown as ConstructorParameters<typeof RunServices>[0];
  const lost = new EgressError('egress.timeout', 'Timed out.', { retryable: true, phase: 'after-send' });
  return new RunServices(router, { request: () => Promise.reject(lost) }, sandbox, new ToolRegistry([]));
}

describe('what runs reach of the outside', () => {
  it('puts what has been said since the prompt, and the tools, into the words of the providers', async () => {
    const toolCalls = [{ id: 'x', toolName: 'add', arguments: { a: 1 } }];
    const model = new FakeLanguageModel({ text: '', toolCalls });
    const reply = await services(model).generate(
      {
        model: 'fake/scripted',
        system: 'Rules',
        prompt: 'Ask',
        turns: [
          { role: 'assistant', content: 'Hm', toolCalls: [{ id: '0.0', name: 'add', arguments: { a: 2 } }] },
          { role: 'tool', toolCallId: '0.0', toolName: 'add', content: '2', isError: false },
        ],
        tools: [{ name: 'add', description: 'Adds', inputSchema: { type: 'object' } }],
        toolChoice: 'required',
      },
      { ...call, onText: () => undefined },
    );
    expect(reply.toolCalls).toEqual([{ id: 'x', name: 'add', arguments: { a: 1 } }]);
    expect(model.calls[0]).toMatchObject({
      messages: [
        { role: 'system', content: 'Rules' },
        { role: 'user', content: 'Ask' },
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'Hm' },
            { type: 'tool-call', toolCall: { id: '0.0', toolName: 'add', arguments: { a: 2 } } },
          ],
        },
        { role: 'tool', toolCallId: '0.0', toolName: 'add', content: '2' },
      ],
      tools: [{ name: 'add', description: 'Adds', parameters: { type: 'object' } }],
      toolChoice: 'required',
    });
  });

  it('hands on what code says, whether it ends well or not, and where it failed', async () => {
    const said: string[] = [];
    const onLog = (level: string, message: string): number => said.push(`${level} ${message}`);
    const run = (source: string): Promise<{ value: unknown }> =>
      services().code({ source, input: { n: 2 } }, { ...call, onLog });
    expect(await run('console.warn("one"); return input.n * 2')).toEqual({ value: 4 });
    const failing = run('console.log("two");\nthrow new Error("no")');
    await expect(failing).rejects.toBeInstanceOf(StepError);
    await expect(failing).rejects.toMatchObject({ code: 'code.threw', message: 'no (line 2)', retryable: false });
    expect(said).toEqual(['warn one', 'info two']);
  });

  it('keeps a code step to its time and ends it with the run', async () => {
    const onLog = (): void => undefined;
    const spin = { source: 'while (true) {}', input: null };
    await expect(services().code({ ...spin, timeoutMs: 50 }, { ...call, onLog })).rejects.toMatchObject({
      code: 'code.limit_time',
    });
    const controller = new AbortController();
    const running = services().code({ ...spin, timeoutMs: 30_000 }, { ...call, signal: controller.signal, onLog });
    controller.abort(new Error('cancelled'));
    await expect(running).rejects.toThrow('cancelled');
  });

  it('says that nobody knows what a request has done to which no answer came', async () => {
    const request = { method: 'POST', url: 'https://example.com', headers: {} };
    await expect(services().http(request, call)).rejects.toMatchObject({
      code: 'egress.timeout',
      outcomeUnknown: true,
    });
  });
});
