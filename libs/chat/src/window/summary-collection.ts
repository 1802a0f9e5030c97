import { ExecutionsQueries, isFinal } from '#executions';
import { Injectable } from '@nestjs/common';
import { ConversationsRepository } from '../conversations/conversations.repository.js';

/** Takes summaries over once the runs that write them have ended. */
@Injectable()
export class SummaryCollection {
  constructor(
    private readonly executions: ExecutionsQueries,
    private readonly conversations: ConversationsRepository,
  ) {}

  async collect(conversationId: string): Promise<void> {
    const conversation = await this.conversations.find(conversationId);
    if (!conversation?.summaryExecutionId) return;
    const { id, summaryExecutionId, summaryUptoTurn } = conversation;
    const run = await this.executions.getWithOutput(summaryExecutionId).catch(() => null);
    if (run !== null && !isFinal(run.status)) return;
    const text = (run?.output as { text?: unknown } | null)?.text;
    if (run?.status === 'succeeded' && typeof text === 'string' && text.trim() !== '') {
      await this.conversations.keepSummary(id, summaryExecutionId, text.trim(), summaryUptoTurn ?? 0);
    } else await this.conversations.releaseSummary(id, summaryExecutionId);
  }
}
