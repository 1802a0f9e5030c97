import { BillingModule } from '#billing';
import { Module } from '@nestjs/common';
import { PromptDraftsController } from './prompt-drafts.controller.js';
import { PromptDraftsService } from './prompt-drafts.service.js';
import { PromptsController } from './prompts.controller.js';
import { PromptsModule } from './prompts.module.js';
import { PromptsRepository } from './prompts.repository.js';
import { PromptsService } from './prompts.service.js';
import { PromptTrialsController } from './trials/prompt-trials.controller.js';
import { PromptTrialsService } from './trials/prompt-trials.service.js';
import { PromptHistoryService } from './versions/prompt-history.service.js';
import { PromptVersionsController } from './versions/prompt-versions.controller.js';

/** Everything that people and scripts do with prompts over HTTP. Trying them needs a provider of `TryRun`. */
@Module({
  imports: [BillingModule, PromptsModule],
  controllers: [PromptTrialsController, PromptsController, PromptDraftsController, PromptVersionsController],
  providers: [PromptsRepository, PromptsService, PromptDraftsService, PromptHistoryService, PromptTrialsService],
  exports: [PromptsService],
})
export class PromptsApiModule {}
