import type { GenerateRequest, ModelTurn } from '#kernel';
import type { CallOptions, Message } from '#providers';

/** A model call of a node in the words of the providers. */
export function toCallOptions(request: GenerateRequest, signal: AbortSignal): CallOptions {
  const { system, prompt, turns = [], tools, toolChoice, schema, temperature, topP, maxTokens } = request;
  return {
    messages: [
      ...(system === undefined ? [] : [{ role: 'system', content: system } as const]),
      { role: 'user', content: prompt },
      ...turns.map(toMessage),
    ],
    ...(tools && {
      tools: tools.map(({ name, description, inputSchema }) => ({ name, description, parameters: inputSchema })),
      ...(toolChoice && { toolChoice }),
    }),
    ...(schema && { responseFormat: { type: 'json', schema } }),
    temperature,
    topP,
    maxTokens,
    signal,
  };
}

function toMessage(turn: ModelTurn): Message {
  if (turn.role !== 'assistant') return turn;
  const calls = turn.toolCalls.map(
    ({ id, name, arguments: args }) =>
      ({ type: 'tool-call', toolCall: { id, toolName: name, arguments: args } }) as const,
  );
  return {
    role: 'assistant',
    content: [...(turn.content === '' ? [] : [{ type: 'text', text: turn.content } as const]), ...calls],
  };
}
