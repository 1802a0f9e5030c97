import type { GenerateRequest, ModelImage, ModelTurn } from '#kernel';
import type { CallOptions, Message } from '#providers';

/** A model call of a node in the words of the providers. */
export function toCallOptions(request: GenerateRequest): Omit<CallOptions, 'signal'> {
  const {
    system,
    history = [],
    prompt,
    images,
    turns = [],
    tools,
    toolChoice,
    schema,
    temperature,
    topP,
    maxTokens,
    stop,
  } = request;
  return {
    messages: [
      ...(system === undefined ? [] : [{ role: 'system', content: system } as const]),
      ...history.map(toMessage),
      userMessage(prompt, images),
      ...turns.map(toMessage),
    ],
    ...(tools && {
      tools: tools.map(({ name, description, inputSchema }) => ({ name, description, parameters: inputSchema })),
      ...(toolChoice && { toolChoice: typeof toolChoice === 'object' ? { toolName: toolChoice.name } : toolChoice }),
    }),
    ...(schema && { responseFormat: { type: 'json', schema } }),
    temperature,
    topP,
    maxTokens,
    ...(stop && { stop }),
  };
}

function toMessage(turn: ModelTurn): Message {
  if (turn.role === 'user') return userMessage(turn.content, turn.images);
  if (turn.role !== 'assistant') return turn;
  const calls = turn.toolCalls.map(
    ({ id, name, arguments: args, signature }) =>
      ({
        type: 'tool-call',
        toolCall: { id, toolName: name, arguments: args, ...(signature !== undefined && { signature }) },
      }) as const,
  );
  return {
    role: 'assistant',
    content: [...(turn.content === '' ? [] : [{ type: 'text', text: turn.content } as const]), ...calls],
  };
}

function userMessage(text: string, images: readonly ModelImage[] = []): Message {
  if (images.length === 0) return { role: 'user', content: text };
  const pictures = images.map(
    ({ mediaType, data }) => ({ type: 'image', mediaType, source: { kind: 'base64', data } }) as const,
  );
  return { role: 'user', content: [...(text === '' ? [] : [{ type: 'text', text } as const]), ...pictures] };
}
