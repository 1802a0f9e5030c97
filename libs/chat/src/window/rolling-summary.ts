import { BuiltInAgents } from '#agents';
import { ExecutionsService } from '#executions';
import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { InjectLogger, type Logger } from '#platform/logging';
import type { Conversation } from '../conversations/conversation.entity.js';
import { ConversationsRepository } from '../conversations/conversations.repository.js';
import type { PastTurn } from '../turns/messages.repository.js';
import { SUMMARY_PROMPT, SUMMARY_PROMPT_VERSION } from './summary-prompt.js';

const MAX_TURN_CHARACTERS = 2_000;
const MAX_MATERIAL_CHARACTERS = 60_000;
const MAX_SUMMARY_TOKENS = 700;

interface ToSummarise {
  /** Oldest first. */
  readonly turns: readonly PastTurn[];
  readonly model: string;
}

/**
 * Keeps what long conversations began with in a few sentences. The model call that writes them is a run of its own:
 * recorded, limited and paid for like any other, and no turn waits for it.
 */
@Injectable()
export class RollingSummary {
  constructor(
    private readonly builtIn: BuiltInAgents,
    private readonly executions: ExecutionsService,
    private readonly conversations: ConversationsRepository,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /** Never rejects: without a new summary the conversation goes on with the old one. */
  async write(conversation: Conversation, { turns, model }: ToSummarise): Promise<void> {
    if (conversation.summaryExecutionId !== null) return;
    const material = materialOf(turns);
    const upto = material.upto;
    const executionId = newId();
    try {
      const agentId = await this.builtIn.directCall();
      if (!(await this.conversations.claimSummary(conversation.id, executionId, upto))) return;
      const earlier = conversation.summary === null ? '' : `Summary so far:\n${conversation.summary}\n\n`;
      await this.executions.start({
        executionId,
        agentId,
        input: {
          generate: {
            model,
            system: SUMMARY_PROMPT,
            prompt: `${earlier}Conversation:\n${material.text}`,
            maxTokens: MAX_SUMMARY_TOKENS,
            ownPrompt: SUMMARY_PROMPT_VERSION,
          },
        },
        metadata: { conversationId: conversation.id, prompt: SUMMARY_PROMPT_VERSION },
        mode: 'background',
        trigger: 'chat-summary',
        createdByUserId: conversation.ownerUserId,
      });
    } catch (error) {
      this.logger.warn({ err: error, conversationId: conversation.id }, 'a conversation could not be summarised yet');
      await this.conversations.releaseSummary(conversation.id, executionId).catch(() => undefined);
    }
  }
}

function materialOf(turns: readonly PastTurn[]): { text: string; upto: number } {
  let text = '';
  let upto = 0;
  for (const { turn, user, assistant } of turns) {
    const more = `User: ${cut(user)}\nAssistant: ${cut(assistant)}\n`;
    if (text !== '' && text.length + more.length > MAX_MATERIAL_CHARACTERS) break;
    text += more;
    upto = turn;
  }
  return { text, upto };
}

const cut = (text: string): string =>
  text.length <= MAX_TURN_CHARACTERS ? text : `${text.slice(0, MAX_TURN_CHARACTERS)}…`;
