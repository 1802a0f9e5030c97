import type { ModelTurn } from '#kernel';
import { z } from 'zod';
import type { AskedAnswer, AskedTurn } from './asked-answer.js';
import { type AskedPicture, askedPicture } from './asked-picture.js';
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

const textPart = z.object({ type: z.enum(['text', 'input_text']), text: z.string() });
const otherPart = z.looseObject({ type: z.string() });
const content = z.union([z.string(), z.array(z.union([textPart, otherPart])).max(MAX_ITEMS)]);

const toolCall = z.object({
  id: z.string().min(1).max(200),
  type: z.literal('function').optional(),
  function: z.object({ name: toolName, arguments: z.string() }),
});

const message = z.discriminatedUnion('role', [
  z.object({ role: z.enum(['system', 'developer']), content, name: z.string().optional() }),
  z.object({ role: z.literal('user'), content, name: z.string().optional() }),
  z.looseObject({
    role: z.literal('assistant'),
    content: content.nullish(),
    tool_calls: z.array(toolCall).max(128).nullish(),
  }),
  z.object({ role: z.literal('tool'), content, tool_call_id: z.string().min(1).max(200) }),
]);

export const chatCompletionSchema = z.strictObject({
  model: modelName,
  messages: z.array(message).min(1).max(MAX_ITEMS),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  temperature,
  top_p: topP,
  max_tokens: maxTokens,
  max_completion_tokens: maxTokens,
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
  tools: z
    .array(
      z.object({
        type: z.literal('function'),
        function: z.object({
          name: toolName,
          description: z.string().max(4_000).optional(),
          parameters: parameters.optional(),
          strict: z.boolean().nullish(),
        }),
      }),
    )
    .max(128)
    .nullish(),
  tool_choice: z
    .union([
      z.enum(['none', 'auto', 'required']),
      z.object({ type: z.literal('function'), function: z.object({ name: toolName }) }),
    ])
    .nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  response_format: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('text') }),
      z.object({ type: z.literal('json_object') }),
      z.object({
        type: z.literal('json_schema'),
        json_schema: z.looseObject({ name: z.string().optional(), schema: parameters.optional() }),
      }),
    ])
    .nullish(),
  n: z.int().min(1).max(128).nullish(),
  seed: z.int().nullish(),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  logprobs: z.boolean().nullish(),
  reasoning_effort: z.string().nullish(),
  ...IGNORED,
});

export type ChatCompletionBody = z.output<typeof chatCompletionSchema>;

/** @throws AppError for what is understood and cannot be had here */
export function toAskedCompletion(body: ChatCompletionBody): AskedAnswer {
  if ((body.n ?? 1) > 1) throw unsupported('n', 'One answer is given at a time. Ask again for another.');
  if (body.logprobs) throw unsupported('logprobs', 'Probabilities of tokens are not known here.');
  if (body.frequency_penalty) throw unsupported('frequency_penalty', 'Not every model has it. Leave it out.');
  if (body.presence_penalty) throw unsupported('presence_penalty', 'Not every model has it. Leave it out.');
  const { response_format: format, tool_choice: choice, stop } = body;
  const schema =
    format?.type === 'json_schema'
      ? (format.json_schema.schema ?? {})
      : format?.type === 'json_object'
        ? { type: 'object' }
        : undefined;
  return {
    model: body.model,
    turns: toTurns(body.messages),
    tools: (body.tools ?? []).map(
      ({ function: { name, description = '', parameters: inputSchema = { type: 'object' } } }) => ({
        name,
        description,
        inputSchema,
      }),
    ),
    ...(choice && { toolChoice: typeof choice === 'string' ? choice : { name: choice.function.name } }),
    temperature: given(body.temperature),
    topP: given(body.top_p),
    maxTokens: given(body.max_completion_tokens ?? body.max_tokens),
    ...(stop !== null && stop !== undefined && { stop: typeof stop === 'string' ? [stop] : stop }),
    ...(schema && { schema }),
  };
}

function toTurns(messages: ChatCompletionBody['messages']): AskedTurn[] {
  const toolNames = new Map<string, string>();
  return messages.map((each, index): AskedTurn => {
    if (each.role === 'user') return userTurn(each.content, `messages/${index}/content`);
    const words = textOf(each.content ?? '', `messages/${index}/content`);
    switch (each.role) {
      case 'assistant': {
        const toolCalls = (each.tool_calls ?? []).map(({ id, function: called }) => {
          toolNames.set(id, called.name);
          return { id, name: called.name, arguments: parsedArguments(called.arguments) };
        });
        return { role: 'assistant', content: words, toolCalls };
      }
      case 'tool':
        return toolResult(each.tool_call_id, toolNames.get(each.tool_call_id), words, `messages/${index}/tool_call_id`);
      default:
        return { role: 'system', content: words };
    }
  });
}

/** @throws AppError for a result that answers no call */
export function toolResult(
  toolCallId: string,
  toolName: string | undefined,
  words: string,
  pointer: string,
): ModelTurn {
  if (toolName === undefined) throw unsupported(pointer, `No call before it has the id ${toolCallId}.`);
  return { role: 'tool', toolCallId, toolName, content: words, isError: false };
}

/** Words and pictures of a person. @throws AppError for parts that are neither */
export function userTurn(parts: string | readonly Part[], field: string): AskedTurn {
  if (typeof parts === 'string') return { role: 'user', content: parts };
  const pictures = parts.flatMap((part, index): AskedPicture[] => {
    if (part.type === 'image_url') {
      const { image_url: image } = part as { image_url?: { url?: unknown } };
      return [askedPicture(image?.url, `${field}/${index}/image_url/url`)];
    }
    if (part.type === 'input_image') {
      const { image_url: address } = part as { image_url?: unknown };
      return [askedPicture(address, `${field}/${index}/image_url`)];
    }
    return [];
  });
  const content = textOf(parts, field, (part) => PICTURE_TYPES.has(part.type));
  return pictures.length > 0 ? { role: 'user', content, pictures } : { role: 'user', content };
}

const PICTURE_TYPES: ReadonlySet<string> = new Set(['image_url', 'input_image']);

type Part = { readonly type: string; readonly text?: unknown };

/**
 * @param isPassedBy parts that are read elsewhere
 * @throws AppError for other parts that are not text
 */
export function textOf(
  parts: string | readonly Part[],
  pointer: string,
  isPassedBy: (part: Part) => boolean = () => false,
): string {
  if (typeof parts === 'string') return parts;
  return parts
    .flatMap((part, index) => {
      const { type, text, ...more } = part;
      if (isPassedBy(part)) return [];
      if (typeof text === 'string') return [text];
      if (typeof (more as { refusal?: unknown }).refusal === 'string')
        return [String((more as { refusal: string }).refusal)];
      throw unsupported(`${pointer}/${index}/type`, `Parts of type ${type} are not understood here; send text.`);
    })
    .join('\n');
}
