import { newId } from '#platform/ids';
import { ModelCallError } from '#providers';
import { runWith } from '#platform/context';
import type { EmbedResult } from '#providers';
import { EmbeddingCalls } from './embedding-calls.js';
import type { ModelCallRecord } from './model-call-record.js';

const USAGE = { inputTokens: 1_000, outputTokens: 0, cachedInputTokens: 0, reasoningTokens: 0, costMicroUsd: 20 };
const PRICE = { validFrom: null, inputMicroUsd: 20_000, cachedInputMicroUsd: 20_000, outputMicroUsd: 0 };

/** Embeddings of one organisation by a model that does what it is told. */
function ground(answer: () => Promise<EmbedResult>) {
  const records: ModelCallRecord[] = [];
  const used: number[] = [];
  const reservationId = newId();
  const description = { id: 'openai/text-embedding-3-small', provider: 'openai', simulated: false, prices: [PRICE] };
  const [directory, allowances, metrics] = [
    { embedding: () => Promise.resolve({ model: { embed: answer }, description, credentialId: null }) },
    {
      take: () => Promise.resolve({ reservationId, tokens: null }),
      giveBack: (_allowance: unknown, { inputTokens }: { inputTokens: number }) => used.push(inputTokens),
    },
    { ended: () => undefined },
  ] as unknown as ConstructorParameters<typeof EmbeddingCalls>;
  const calls = new EmbeddingCalls(directory, allowances, metrics);
  const embed = (signal = new AbortController().signal) =>
    runWith({ orgId: newId() }, () =>
      calls.embed(
        {
          model: 'openai/text-embedding-3-small',
          texts: ['one', 'two'],
          stepPath: 'call',
          call: 0,
          payer: { executionId: newId(), userId: null, runBudgetMicroUsd: null },
        },
        { signal, onRecord: (record) => records.push(record) },
      ),
    );
  return { embed, records, used, reservationId };
}

describe('texts that a run has embedded', () => {
  it('are recorded with what they cost, and settle what was set aside', async () => {
    const result = {
      embeddings: [[1], [2]],
      usage: { ...USAGE, estimated: false },
      model: 'openai/text-embedding-3-small',
      simulated: false,
      warnings: [],
    };
    const { embed, records, used, reservationId } = ground(() => Promise.resolve(result));
    expect((await embed()).embeddings).toEqual([[1], [2]]);
    expect(records).toMatchObject([
      { stepPath: 'call', inputTokens: 1_000, costMicroUsd: 20, settlement: { reservationId, amountMicroUsd: 20 } },
    ]);
    expect(used).toEqual([1_000]);
  });

  it('cost nothing when the provider refused them, and say why', async () => {
    const error = new ModelCallError('provider.rate_limited', 'Later.', { status: 429 });
    const { embed, records, used } = ground(() => Promise.reject(error));
    await expect(embed()).rejects.toBe(error);
    expect(records).toMatchObject([{ errorCode: 'provider.rate_limited', settlement: { amountMicroUsd: 0 } }]);
    expect(used).toEqual([0]);
    await expect(embed(AbortSignal.abort(new Error('cancelled')))).rejects.toBe(error);
    expect(records[1]?.errorCode).toBe('provider.cancelled');
  });
});
