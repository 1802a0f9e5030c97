import { Injectable } from '@nestjs/common';
import { StepError } from '#kernel';
import { AppError } from '#platform/errors';
import { acceptTools, type AcceptedTool } from './accepted-tools.js';
import type { LeftOutTool, ToolSetKind, ToolSetToDiscover } from './tool-set-adapter.js';
import { ToolSetAdapters } from './tool-set-adapters.js';
import { toolSetUnreachable } from './tool-sets.errors.js';

/** For all that discovering needs: connecting, signing in, every page. */
const DEADLINE_MS = 60_000;

export interface Discovered {
  readonly tools: readonly AcceptedTool[];
  readonly leftOut: readonly LeftOutTool[];
}

/** Asks the other side of a set for its tools and keeps what can be kept. Never inside a transaction: it takes seconds. */
@Injectable()
export class ToolSetDiscovery {
  constructor(private readonly adapters: ToolSetAdapters) {}

  /** @throws AppError tool_set.unreachable, or that of vault, egress and adapter */
  async discover(kind: ToolSetKind, set: ToolSetToDiscover): Promise<Discovered> {
    const adapter = this.adapters.get(kind);
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    try {
      return await acceptTools(await adapter.discover(set, deadline));
    } catch (error) {
      if (deadline.aborted) throw toolSetUnreachable(`there was no answer within ${DEADLINE_MS / 1_000} s.`, error);
      // Refusals of the vault and of the egress door keep their code.
      if (error instanceof StepError && error.cause instanceof AppError) throw error.cause;
      if (error instanceof StepError) throw toolSetUnreachable(error.message, error);
      throw error;
    }
  }
}

/** What people are told about a discovery that failed; nothing of defects of ours. */
export function discoveryFailure(error: unknown): string {
  return error instanceof AppError ? error.message.slice(0, 500) : 'Something went wrong here, not over there.';
}
