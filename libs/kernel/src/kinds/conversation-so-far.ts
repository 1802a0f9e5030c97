import { z } from 'zod';
import type { Scope } from '../node-kind.js';
import type { GenerateRequest, ModelTurn } from '../step-services.js';

/** What a conversation adds to a question that a node asks a model. */
export type ConversationSoFar = Pick<GenerateRequest, 'history'> &
  Partial<
    Pick<GenerateRequest, 'images' | 'turns' | 'tools' | 'toolChoice' | 'model' | 'temperature' | 'topP' | 'maxTokens'>
  >;

/** The switch of nodes that ask a model; on when absent. */
export function historyField() {
  return z
    .boolean()
    .meta({
      title: 'Sees the conversation',
      description: 'In a chat, the model is given what was said before. Empty: yes.',
      'x-editor': 'switch',
    })
    .optional();
}

/**
 * Only runs that are turns of a conversation have `vars.session`, and only for those `input.history` is more than a
 * field of somebody's input. What it holds was written by the chat domain and is trusted to have this shape.
 * @returns null outside of a conversation
 */
export function conversationSoFar({ input, vars }: Scope): ConversationSoFar | null {
  if (vars.session === undefined || !isRecord(input) || !Array.isArray(input.history)) return null;
  const { images, turns, tools, toolChoice } = input as ConversationSoFar;
  return {
    history: input.history.map(toTurn),
    ...(images && images.length > 0 && { images }),
    ...(turns && turns.length > 0 && { turns }),
    ...(tools && tools.length > 0 && { tools, ...(toolChoice && { toolChoice }) }),
    ...(vars.overrides as ConversationSoFar | undefined),
  };
}

/** Agents' authors see `{ role, content }`; only turns with tool calls have more. */
function toTurn(turn: ModelTurn): ModelTurn {
  return turn.role === 'assistant' ? { ...turn, toolCalls: turn.toolCalls ?? [] } : turn;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
