import { InvalidCallOptionError } from '../errors/invalid-call-option-error.js';
import { InvalidOutputError } from '../errors/invalid-output-error.js';
import { ModelCallError } from '../errors/model-call-error.js';
import { StreamInterruptedError } from '../errors/stream-interrupted-error.js';
import type { CallOptions } from '../model/call-options.js';
import { collectStream } from '../model/collect-stream.js';
import type { GenerateResult } from '../model/language-model.js';
import { FakeClock } from '../testing/fake-clock.js';
import { FakeLanguageModel, type ScriptedAnswer } from '../testing/fake-language-model.js';
import type { CallHooks, EndedAttempt, Pause, SkippedModel } from './attempt.js';
import type { Candidate } from './candidate.js';
import { ProviderRouter } from './provider-router.js';

const CALL: CallOptions = { messages: [{ role: 'user', content: 'Tell me about the weather in Berlin, please.' }] };

const broken = (status: number, retryAfterMs?: number): ScriptedAnswer => ({
  error: new ModelCallError(`provider.status_${status}`, `It answered ${status}.`, { status, retryAfterMs }),
});
const limited = (retryAfterMs?: number): ScriptedAnswer => ({
  error: new ModelCallError('provider.rate_limited', 'Too many.', { status: 429, retryAfterMs }),
});
const cutAfter = (text: string): ScriptedAnswer => ({ text, error: new StreamInterruptedError('It broke.') });

/** Two models, `first/a` and `second/b`, that do as they are told; what the hooks heard. */
class Ground {
  readonly clock = new FakeClock();
  readonly ended: EndedAttempt[] = [];
  readonly pauses: Pause[] = [];
  readonly skipped: SkippedModel[] = [];
  readonly router: ProviderRouter;
  readonly hooks: CallHooks = {
    end: (attempt) => this.ended.push(attempt),
    pause: (pause) => this.pauses.push(pause),
    skip: (skipped) => this.skipped.push(skipped),
  };

  constructor(
    private readonly first: FakeLanguageModel,
    private readonly second?: FakeLanguageModel,
  ) {
    const provider = (model: FakeLanguageModel) => ({
      languageModel: () => model,
      embeddingModel: () => {
        throw new Error('not needed here');
      },
    });
    const providers = new Map([['first', { provider: provider(first), takesAnyModel: true }]]);
    if (second) providers.set('second', { provider: provider(second), takesAnyModel: true });
    this.router = new ProviderRouter(providers, {}, { clock: this.clock });
  }

  ask(options: Partial<CallOptions> = {}, said?: (text: string) => void, hooks = this.hooks): Promise<GenerateResult> {
    return collectStream(this.router.fallback(this.candidates(), hooks), { ...CALL, ...options }, said);
  }

  generate(options: Partial<CallOptions> = {}): Promise<GenerateResult> {
    return this.router.fallback(this.candidates(), this.hooks).generate({ ...CALL, ...options });
  }

  /** Attempts as `model attempt error`. */
  get story(): string[] {
    return this.ended.map(({ model, number, errorCode }) => `${model.id} ${number} ${errorCode ?? 'ok'}`);
  }

  candidates(): [Candidate, ...Candidate[]] {
    const first = this.router.candidate({ model: 'first/a' });
    return this.second ? [first, this.router.candidate({ model: 'second/b' })] : [first];
  }
}

describe('a call that may go to several models', () => {
  it('tries what may pass again at the same model, with pauses that it announces', async () => {
    const ground = new Ground(new FakeLanguageModel(broken(500), broken(529), { text: 'Sunny.' }));
    expect(await ground.ask()).toMatchObject({ text: 'Sunny.' });
    expect(ground.story).toEqual(['first/a 1 provider.status_500', 'first/a 2 provider.status_529', 'first/a 3 ok']);
    expect(ground.pauses).toEqual([
      { model: 'first/a', attempt: 1, waitMs: 250, errorCode: 'provider.status_500' },
      { model: 'first/a', attempt: 2, waitMs: 500, errorCode: 'provider.status_529' },
    ]);
    expect(ground.clock.slept).toEqual([250, 500]);
  });

  it('waits as long as the provider asks, and goes elsewhere when that is too long', async () => {
    const patient = new Ground(new FakeLanguageModel(limited(3_000), { text: 'Sunny.' }));
    await patient.ask();
    expect(patient.clock.slept).toEqual([3_250]);
    const ground = new Ground(new FakeLanguageModel(limited(600_000)), new FakeLanguageModel({ text: 'Rain.' }));
    expect(await ground.ask()).toMatchObject({ text: 'Rain.' });
    expect(ground.clock.slept).toEqual([]);
    // Everybody else leaves it alone until then, too.
    await ground.ask();
    expect(ground.story).toEqual(['first/a 1 provider.rate_limited', 'second/b 1 ok', 'second/b 1 ok'].map(withNumber));
    expect(ground.skipped).toEqual([{ model: 'first/a', retryAt: expect.any(Number) as number }]);
  });

  it('asks the next model at once when trying again cannot help', async () => {
    const ground = new Ground(new FakeLanguageModel(broken(401)), new FakeLanguageModel({ text: 'Rain.' }));
    expect(await ground.generate()).toMatchObject({ text: 'Rain.' });
    expect(ground.story).toEqual(['first/a 1 provider.status_401', 'second/b 2 ok']);
    expect(ground.ended.map(({ fallback }) => fallback)).toEqual([false, true]);
  });

  it('falls back when a stream dies before its first token, and says to whom the answer belongs', async () => {
    const silent = new FakeLanguageModel({
      text: '',
      error: new StreamInterruptedError('It broke.'),
    });
    const ground = new Ground(silent, new FakeLanguageModel({ text: 'Rain.' }));
    const said: string[] = [];
    expect(await ground.ask({}, (text) => said.push(text))).toMatchObject({ text: 'Rain.', simulated: true });
    expect(said.join('')).toBe('Rain.');
    expect(ground.story.at(-1)).toBe('second/b 4 ok');
  });

  it('fails honestly when a stream dies after its first token: shown text stays, nobody continues it', async () => {
    const other = new FakeLanguageModel({ text: 'Rain.' });
    const ground = new Ground(new FakeLanguageModel(cutAfter('It will be')), other);
    const said: string[] = [];
    await expect(ground.ask({}, (text) => said.push(text))).rejects.toMatchObject({
      code: 'provider.stream_interrupted',
      outputStarted: true,
      retryable: true,
    });
    expect(said.join('')).toBe('It will be');
    expect(other.calls).toHaveLength(0);
    const [lost] = ground.ended;
    expect(lost).toMatchObject({ errorCode: 'provider.stream_interrupted', finishReason: null, answeredBy: null });
    expect(lost?.usage).toMatchObject({ estimated: true });
    expect(lost?.usage.inputTokens).toBeGreaterThan(5);
    expect(lost?.usage.outputTokens).toBeGreaterThanOrEqual(3);
    expect(lost?.firstTokenMs).not.toBeNull();
  });

  it('charges nothing for what a provider has refused', async () => {
    const ground = new Ground(new FakeLanguageModel(broken(401)));
    await expect(ground.ask()).rejects.toMatchObject({ code: 'provider.status_401' });
    expect(ground.ended[0]?.usage).toMatchObject({
      inputTokens: 0,
      outputTokens: 0,
      costMicroUsd: 0,
      estimated: false,
    });
  });

  it('names what became of every model when none is left', async () => {
    const ground = new Ground(new FakeLanguageModel(broken(503)), new FakeLanguageModel(broken(401)));
    await expect(ground.ask()).rejects.toMatchObject({
      code: 'provider.status_503',
      status: 503,
      retryable: true,
      message: 'It answered 503. Then: It answered 401.',
    });
    expect(ground.story).toHaveLength(4);
  });

  it('asks nobody else what was refused for its content or could not be asked at all', async () => {
    const other = new FakeLanguageModel();
    const filtered = new ModelCallError('provider.content_filtered', 'No.', {});
    await expect(new Ground(new FakeLanguageModel({ error: filtered }), other).ask()).rejects.toBe(filtered);
    await expect(new Ground(new FakeLanguageModel(), other).ask({ temperature: 9 })).rejects.toBeInstanceOf(
      InvalidCallOptionError,
    );
    expect(other.calls).toHaveLength(0);
  });

  it('asks once more for JSON that was not JSON, and pays for both', async () => {
    const ground = new Ground(new FakeLanguageModel({ text: 'Sure!' }, { text: '{"a":1}' }));
    expect(await ground.generate({ responseFormat: { type: 'json' } })).toMatchObject({ json: { a: 1 } });
    expect(ground.story).toEqual(['first/a 1 provider.invalid_output', 'first/a 2 ok']);
    expect(ground.ended[0]?.usage.outputTokens).toBeGreaterThan(0);
    expect(ground.router.health()[0]).toMatchObject({ state: 'closed', failures: 0 });
    await expect(ground.ask({ responseFormat: { type: 'json', schema: { type: 'array' } } })).rejects.toBeInstanceOf(
      InvalidOutputError,
    );
  });

  it('leaves a model alone that keeps failing, and tells when it will be asked again', async () => {
    const failing = new FakeLanguageModel(broken(500));
    const ground = new Ground(failing);
    await expect(ground.ask()).rejects.toMatchObject({ code: 'provider.status_500' });
    // The fifth failure in a row opens the breaker in the middle of this call, which still says what went wrong.
    await expect(ground.ask()).rejects.toMatchObject({ code: 'provider.status_500' });
    expect(failing.calls).toHaveLength(5);
    await expect(ground.ask()).rejects.toMatchObject({
      code: 'provider.circuit_open',
      retryable: true,
      retryAfterMs: expect.any(Number) as number,
    });
    expect(failing.calls).toHaveLength(5);
    expect(ground.router.health()).toEqual([
      expect.objectContaining({ model: 'first/a', credentialId: null, state: 'open', failures: 5 }),
    ]);
  });

  it('stops waiting as soon as the caller gives up, and says that it was cancelled', async () => {
    const controller = new AbortController();
    const ground = new Ground(new FakeLanguageModel(broken(500)));
    const hooks = { ...ground.hooks, pause: () => controller.abort(new Error('cancelled')) };
    await expect(ground.ask({ signal: controller.signal }, undefined, hooks)).rejects.toThrow('cancelled');
    expect(ground.story).toEqual(['first/a 1 provider.status_500']);
    const running = new Ground(new FakeLanguageModel({ text: 'one two three', delayMs: 20 }));
    const second = new AbortController();
    const answer = running.ask({ signal: second.signal }, () => second.abort(new Error('cancelled')));
    await expect(answer).rejects.toThrow('cancelled');
    expect(running.ended[0]).toMatchObject({ errorCode: 'provider.cancelled', usage: { estimated: true } });
    expect(running.router.health()[0]).toMatchObject({ state: 'closed', failures: 0 });
  });

  it('ends an attempt whose reader leaves, and begins none that it may not begin', async () => {
    const ground = new Ground(new FakeLanguageModel({ text: 'one two three' }));
    const model = ground.router.fallback(ground.candidates(), ground.hooks);
    for await (const part of model.stream(CALL)) if (part.type === 'text-delta') break;
    expect(ground.story).toEqual(['first/a 1 provider.cancelled']);
    const noMoney = new Error('no money');
    const begin = () => Promise.reject(noMoney);
    await expect(ground.ask({}, undefined, { ...ground.hooks, begin })).rejects.toBe(noMoney);
    expect(ground.story).toHaveLength(1);
  });
});

/** Of two calls, each counts its own attempts. */
function withNumber(line: string, index: number): string {
  return index === 1 ? line.replace(' 1 ', ' 2 ') : line;
}
