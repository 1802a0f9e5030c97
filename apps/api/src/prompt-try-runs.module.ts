import { AgentsModule } from '#agents';
import { Global, Module } from '@nestjs/common';
import { TryRun } from '#prompts';
import { PromptTryRuns } from './prompt-try-runs.js';

/** Gives the prompt library runs to try prompts with: it stands below executions and knows none. */
@Global()
@Module({ imports: [AgentsModule], providers: [{ provide: TryRun, useClass: PromptTryRuns }], exports: [TryRun] })
export class PromptTryRunsModule {}
