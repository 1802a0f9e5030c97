import { Module } from '@nestjs/common';
import { PromptPins } from './prompt-pins.js';
import { PromptUses } from './prompt-uses.js';
import { PromptVersionsRepository } from './versions/prompt-versions.repository.js';

/** What agents need of the library. Needs the database and tenancy modules, which apps make global. */
@Module({
  providers: [PromptPins, PromptUses, PromptVersionsRepository],
  exports: [PromptPins, PromptUses, PromptVersionsRepository],
})
export class PromptsModule {}
