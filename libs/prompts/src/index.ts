/** The prompt library: drafts that people edit and try, versions that agents keep. */
export { type FoundPrompt, type PinnedPrompt, PromptPins, type PromptReference } from './prompt-pins.js';
export { type PromptUse, type PromptUser, PromptUses } from './prompt-uses.js';
export { PromptsApiModule } from './prompts-api.module.js';
export { PromptsModule } from './prompts.module.js';
export { type StartedTryRun, TryRun, type TryRunRequest } from './trials/try-run.js';
