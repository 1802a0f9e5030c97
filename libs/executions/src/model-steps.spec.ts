import { BudgetExhausted } from '#billing';
import { type GenerateRequest, StepError } from '#kernel';
import type { EmbeddingCalls, ModelCallHooks, ModelCallRequest, ModelCalls } from '#models';
import { runWith } from '#platform/context';
import { newId } from '#platform/ids';
import { type GenerateResult, ModelCallError } from '#providers';
import type { CurrentRun } from './current-run.js';
import { ModelSteps } from './model-steps.js';
import { testCall } from './testing/call-record.factory.js';

const RESULT: GenerateResult = {
  text: 'Done.',
  toolCalls: [{ id: 'x', toolName: 'add', arguments: { a: 1 } }],
  finishReason: { unified: 'tool-calls', raw: 'tool_calls' },
  usage: {
    inputTokens: 1,
    outputTokens: 1,
    cachedInputTokens: 0,
    reasoningTokens: 0,
    costMicroUsd: 1,
    estimated: false,
  },
  model: 'openai/gpt-test-2026',
  simulated: false,
  warnings: [],
};

/** Model calls that do what they are told; what they were asked and what the run keeps. */
class Ground {
  readonly asked: ModelCallRequest[] = [];
  readonly kept: unknown[] = [];
  /** Calls that have begun and not ended. */
  underWay = 0;
  private readonly run = {
    orgId: newId(),
    executionId: newId(),
    attempt: 2,
    userId: newId(),
    budget: { executionId: newId(), limitMicroUsd: 500 },
    onBudget: 'wait',
    beginCall: () => {
      this.underWay += 1;
      return () => (this.underWay -= 1);
    },
    recordCall: (record: unknown) => this.kept.push(record),
  } as unknown as CurrentRun;
  private readonly steps: ModelSteps;

  constructor(answer: (hooks: ModelCallHooks) => Promise<GenerateResult>) {
    const calls = {
      call: (request: ModelCallRequest, hooks: ModelCallHooks) => {
        this.asked.push(request);
        return answer(hooks);
      },
    } as unknown as ModelCalls;
    this.steps = new ModelSteps(calls, {} as EmbeddingCalls);
  }

  ask(request: Partial<GenerateRequest> = {}, stepPath = 'ask', signal = new AbortController().signal) {
    const call = {
      signal,
      idempotencyKey: 'k',
      stepPath,
      onText: (): void => undefined,
    };
    return runWith({ run: this.run }, () =>
      this.steps.generate({ model: 'openai/gpt-test', prompt: 'Ask', ...request }, call),
    );
  }
}

describe('what a step says to a model', () => {
  it('has what was said since the prompt, and the tools, in the words of the providers', async () => {
    const ground = new Ground(() => Promise.resolve(RESULT));
    const reply = await ground.ask({
      system: 'Rules',
      turns: [
        { role: 'assistant', content: 'Hm', toolCalls: [{ id: '0.0', name: 'add', arguments: { a: 2 } }] },
        { role: 'tool', toolCallId: '0.0', toolName: 'add', content: '2', isError: false },
      ],
      tools: [{ name: 'add', description: 'Adds', inputSchema: { type: 'object' } }],
      toolChoice: 'required',
    });
    expect(reply.toolCalls).toEqual([{ id: 'x', name: 'add', arguments: { a: 1 } }]);
    expect(ground.asked[0]?.options).toMatchObject({
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

  it('has the pictures beside the words, those of earlier turns too', async () => {
    const ground = new Ground(() => Promise.resolve(RESULT));
    const image = { mediaType: 'image/png', data: 'iVBORw0=' };
    await ground.ask({ images: [image], history: [{ role: 'user', content: '', images: [image] }] });
    const part = { type: 'image', mediaType: 'image/png', source: { kind: 'base64', data: 'iVBORw0=' } };
    expect(ground.asked[0]?.options.messages).toEqual([
      { role: 'user', content: [part] },
      { role: 'user', content: [{ type: 'text', text: 'Ask' }, part] },
    ]);
  });

  it('is counted by step, names who pays, and carries what the node has chosen', async () => {
    const ground = new Ground(() => Promise.resolve(RESULT));
    await ground.ask({ fallbackModels: ['google/gemini-2.5-flash'], guard: 'block' });
    await ground.ask();
    await ground.ask({}, 'other');
    expect(ground.asked.map(({ stepPath, call }) => [stepPath, call])).toEqual([
      ['ask', 0],
      ['ask', 1],
      ['other', 0],
    ]);
    expect(ground.asked[0]).toMatchObject({ fallbackModels: ['google/gemini-2.5-flash'], guard: 'block' });
    expect(ground.asked[0]?.payer).toMatchObject({ attempt: 2, runBudgetMicroUsd: 500 });
  });

  it('costs what all its attempts have cost, also when it fails', async () => {
    const twice =
      (end: Promise<GenerateResult>) =>
      ({ onRecord }: ModelCallHooks) => {
        onRecord(testCall({ costMicroUsd: 300 }));
        onRecord(testCall({ costMicroUsd: 200 }));
        return end;
      };
    const answered = new Ground(twice(Promise.resolve(RESULT)));
    expect((await answered.ask()).usage).toMatchObject({ inputTokens: 200, costMicroUsd: 500 });
    expect(answered.kept).toHaveLength(2);
    const error = new ModelCallError('provider.rate_limited', 'Later.', { status: 429, retryAfterMs: 60_000 });
    const lost = new Ground(twice(Promise.reject(error)));
    const thrown: unknown = await lost.ask().catch((reason: unknown) => reason);
    expect(thrown).toBeInstanceOf(StepError);
    expect(thrown).toMatchObject({ code: 'provider.rate_limited', retryable: true, retryAfterMs: 60_000 });
    expect(thrown).toMatchObject({ usage: { costMicroUsd: 500 } });
  });

  it('has cost something also when it was cut off, and says so before it is over', async () => {
    const cut = new AbortController();
    const ground = new Ground(({ onRecord }) => {
      cut.abort(new Error('The time is up.'));
      onRecord(testCall({ costMicroUsd: 70, errorCode: 'provider.cancelled' }));
      return Promise.reject(cut.signal.reason as Error);
    });
    const asked = ground.ask({}, 'ask', cut.signal);
    expect(ground.underWay).toBe(1);
    await expect(asked).rejects.toMatchObject({ code: 'step.aborted', usage: { costMicroUsd: 70 } });
    expect(ground.underWay).toBe(0);
  });

  it('waits for money that is not there', async () => {
    const details = {
      budget: 'org_day',
      subjectId: newId(),
      limitMicroUsd: 1,
      neededMicroUsd: 2,
      resetsAt: null,
    } as const;
    const ground = new Ground(() => Promise.reject(new BudgetExhausted(details)));
    await expect(ground.ask()).rejects.toMatchObject({
      code: 'budget.exhausted',
      hold: { payload: { budget: 'org_day' } },
    });
  });
});
