import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type PromptUse, type PromptUser, PromptUses } from '#prompts';
import { AgentVersionsReadModel } from './agent-versions.read-model.js';

/** Tells the prompt library which agents run with its prompts. */
@Injectable()
export class AgentPromptUses implements OnModuleInit, PromptUser {
  constructor(
    private readonly uses: PromptUses,
    private readonly versions: AgentVersionsReadModel,
  ) {}

  onModuleInit(): void {
    this.uses.announce(this);
  }

  findUses(promptId: string, limit: number): Promise<readonly PromptUse[]> {
    return this.versions.findAgentsWithPrompt(promptId, limit);
  }
}
