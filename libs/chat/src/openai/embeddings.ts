import { BuiltInAgents } from '#agents';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { IGNORED, modelName } from './openai-fields.js';
import { OpenAiRuns, type RunRequest } from './openai-runs.js';
import { assertMayCallModels } from './openai-target.js';
import { unsupported } from './read-body.js';

const MAX_TEXTS = 2_048;
const text = z.string().min(1);

export const embeddingsSchema = z.strictObject({
  model: modelName,
  input: z.union([text, z.array(text).min(1).max(MAX_TEXTS)], {
    error: 'send a text or a list of texts, none of them empty',
  }),
  encoding_format: z.enum(['float', 'base64']).nullish(),
  dimensions: z.int().min(1).nullish(),
  ...IGNORED,
});

/** `POST /v1/embeddings`, as the one step of a run. */
@Injectable()
export class Embeddings {
  constructor(
    private readonly runs: OpenAiRuns,
    private readonly builtIn: BuiltInAgents,
  ) {}

  /** @throws AppError forbidden without the permission `models:call`, and what the run failed with */
  async embed(
    { model, input, encoding_format: format, dimensions }: z.output<typeof embeddingsSchema>,
    idempotency: RunRequest['idempotency'],
    gone: AbortSignal,
  ): Promise<object> {
    assertMayCallModels();
    if (!model.includes('/'))
      throw unsupported('model', 'Write an embedding model as provider/model; agents do not embed.');
    if (dimensions) throw unsupported('dimensions', 'Vectors are given as long as the model makes them.');
    const target = { agentId: await this.builtIn.directCall(), direct: true };
    const texts = typeof input === 'string' ? [input] : input;
    const run = await this.runs.start(
      { target, input: { embed: { model, texts } }, ...(idempotency && { idempotency }) },
      gone,
    );
    const events = run.events();
    while (!(await events.next()).done);
    const { output, usage } = await this.runs.result(run.executionId);
    const { embeddings } = output as { embeddings: readonly (readonly number[])[] };
    return {
      object: 'list',
      model,
      data: embeddings.map((vector, index) => ({
        object: 'embedding',
        index,
        embedding: format === 'base64' ? toBase64(vector) : vector,
      })),
      usage: { prompt_tokens: usage.inputTokens, total_tokens: usage.inputTokens },
    };
  }
}

/** As 32-bit numbers, least significant byte first. */
function toBase64(vector: readonly number[]): string {
  const bytes = Buffer.alloc(vector.length * 4);
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * 4);
  return bytes.toString('base64');
}
