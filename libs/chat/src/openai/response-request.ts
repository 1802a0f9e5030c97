import type { ModelTurn } from '#kernel';
import { z } from 'zod';
import type { AskedAnswer, AskedTurn } from './asked-answer.js';
import { textOf, toolResult, userTurn } from './chat-completion-request.js';
import {
  given,
  IGNORED,
  MAX_ITEMS,
  maxTokens,
  modelName,
  parameters,
  parsedArguments,
  temperature,
  toolName,
  topP,
} from './openai-fields.js';
import { unsupported } from './read-body.js';

const part = z.looseObject({ type: z.string() });

const messageItem = z.looseObject({
  type: z.literal('message').optional(),
  role: z.enum(['user', 'assistant', 'system', 'developer']),
  content: z.union([z.string(), z.array(part).max(MAX_ITEMS)]),
});
const callItem = z.looseObject({
  type: z.literal('function_call'),
  call_id: z.string().min(1).max(200),
  name: toolName,
  arguments: z.string(),
});
const outputItem = z.looseObject({
  type: z.literal('function_call_output'),
  call_id: z.string().min(1).max(200),
  output: z.union([z.string(), z.array(part).max(MAX_ITEMS)]),
});
const reasoningItem = z.looseObject({ type: z.literal('reasoning') });

export const responseSchema = z.strictObject({
  model: modelName,
  input: z.union([
    z.string().min(1),
    z
      .array(z.union([callItem, outputItem, reasoningItem, messageItem]))
      .min(1)
      .max(MAX_ITEMS),
  ]),
  instructions: z.string().nullish(),
  previous_response_id: z.string().max(200).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({}).nullish(),
  temperature,
  top_p: topP,
  max_output_tokens: maxTokens,
  tools: z
    .array(z.looseObject({ type: z.string() }))
    .max(128)
    .nullish(),
  tool_choice: z
    .union([z.enum(['none', 'auto', 'required']), z.object({ type: z.literal('function'), name: toolName })])
    .nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  text: z
    .looseObject({ format: z.looseObject({ type: z.string(), schema: parameters.optional() }).nullish() })
    .nullish(),
  truncation: z.string().nullish(),
  include: z.array(z.string()).max(20).nullish(),
  reasoning: z.looseObject({}).nullish(),
  background: z.literal(false).nullish(),
  ...IGNORED,
});

export type ResponseBody = z.output<typeof responseSchema>;

const functionTool = z.object({
  type: z.literal('function'),
  name: toolName,
  description: z.string().nullish(),
  parameters: parameters.nullish(),
});

/** @param earlier what was said up to the response that this one goes on with */
export function toAskedResponse(body: ResponseBody, earlier: readonly ModelTurn[] = []): AskedAnswer {
  const { tool_choice: choice, text } = body;
  const format = text?.format;
  const schema =
    format?.type === 'json_schema'
      ? (format.schema ?? {})
      : format?.type === 'json_object'
        ? { type: 'object' }
        : undefined;
  return {
    model: body.model,
    turns: [
      ...(body.instructions ? [{ role: 'system', content: body.instructions } as const] : []),
      ...earlier,
      ...(typeof body.input === 'string'
        ? [{ role: 'user', content: body.input } as const]
        : toTurns(body.input, earlier)),
    ],
    tools: (body.tools ?? []).map((tool, index) => {
      const read = functionTool.safeParse(tool);
      if (!read.success)
        throw unsupported(
          `tools/${index}`,
          `Tools of type ${tool.type} are not to be had here; an agent has tools of its own.`,
        );
      const { name, description, parameters: inputSchema } = read.data;
      return { name, description: description ?? '', inputSchema: inputSchema ?? { type: 'object' } };
    }),
    ...(choice && { toolChoice: typeof choice === 'string' ? choice : { name: choice.name } }),
    temperature: given(body.temperature),
    topP: given(body.top_p),
    maxTokens: given(body.max_output_tokens),
    ...(schema && { schema }),
  };
}

function toTurns(items: Exclude<ResponseBody['input'], string>, earlier: readonly ModelTurn[]): AskedTurn[] {
  const toolNames = new Map(
    earlier.flatMap((turn) =>
      turn.role === 'assistant' ? turn.toolCalls.map(({ id, name }) => [id, name] as const) : [],
    ),
  );
  const turns: AskedTurn[] = [];
  for (const [index, item] of items.entries()) {
    if (item.type === 'reasoning') continue;
    if (item.type === 'function_call') {
      const call = { id: item.call_id, name: item.name, arguments: parsedArguments(item.arguments) };
      toolNames.set(call.id, call.name);
      const last = turns.at(-1);
      // Calls of one answer are items of their own here, and one turn everywhere else.
      if (last?.role === 'assistant') turns[turns.length - 1] = { ...last, toolCalls: [...last.toolCalls, call] };
      else turns.push({ role: 'assistant', content: '', toolCalls: [call] });
    } else if (item.type === 'function_call_output') {
      const words = textOf(item.output, `input/${index}/output`);
      turns.push(toolResult(item.call_id, toolNames.get(item.call_id), words, `input/${index}/call_id`));
    } else if (item.role === 'user') {
      turns.push(userTurn(item.content, `input/${index}/content`));
    } else {
      const content = textOf(item.content, `input/${index}/content`);
      turns.push(
        item.role === 'assistant' ? { role: 'assistant', content, toolCalls: [] } : { role: 'system', content },
      );
    }
  }
  return turns;
}
