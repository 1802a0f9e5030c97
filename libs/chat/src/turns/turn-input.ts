import { AgentDirectory } from '#agents';
import { Injectable } from '@nestjs/common';
import { sessionOf } from '../conversations/session-state.js';
import { ContextWindow } from '../window/context-window.js';
import { modelNodesOf, ownTokensOf } from '../window/model-nodes.js';
import { tokenCounterFor } from '../window/token-counter.js';
import { MessagesRepository, type PastTurn } from './messages.repository.js';
import type { TurnToStart } from './turn-ends.js';

/** What is looked at of a conversation; of longer ones the summary speaks. */
const MAX_PAST_TURNS = 1_000;

/** Fields of the input that are the conversation's own. */
export const RESERVED_FIELDS = [
  'message',
  'text',
  'images',
  'history',
  'conversationId',
  'session',
  'overrides',
  'turns',
  'tools',
  'toolChoice',
];

export interface PreparedTurn {
  readonly input: Record<string, unknown>;
  readonly summarise: { readonly turns: readonly PastTurn[]; readonly model: string };
}

/** What the agent's graph is given for a turn. */
@Injectable()
export class TurnInput {
  constructor(
    private readonly agents: AgentDirectory,
    private readonly messages: MessagesRepository,
    private readonly window: ContextWindow,
  ) {}

  /** `text` says the same as `message`: many agents begin with that. @throws AppError when the agent cannot be run any more */
  async prepare({ conversation, message }: TurnToStart): Promise<PreparedTurn> {
    const { id, agentId, version, summary, summaryTurn } = conversation;
    const { model: own, texts } = modelNodesOf(await this.agents.runnableGraph(agentId, version));
    const model = typeof message.overrides?.model === 'string' ? message.overrides.model : own;
    const { windowTokens } = await this.agents.chatSettings(agentId);
    const [past, count] = await Promise.all([
      this.messages.findPast(id, MAX_PAST_TURNS),
      tokenCounterFor(model, windowTokens),
    ]);
    const { history, toSummarise } = await this.window.fill({
      windowTokens,
      ownTokens: ownTokensOf(texts, count),
      message: message.content,
      past,
      summary,
      summaryTurn,
      count,
    });
    return {
      input: {
        ...message.context,
        message: message.content,
        text: message.content,
        history,
        conversationId: id,
        session: sessionOf(conversation),
        ...(message.overrides && { overrides: message.overrides }),
      },
      summarise: { turns: toSummarise, model },
    };
  }
}
