import { StepError } from '#kernel';
import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { InjectLogger, type Logger } from '#platform/logging';
import { ToolRegistry } from './tool-registry.js';
import type { Tool } from './tool.js';
import { argumentsInvalid, toolFailed, toolNotFound } from './tools.errors.js';

/** Tools run by hand: one call, outside any run, so without an effect ledger. */
@Injectable()
export class ToolsService {
  constructor(
    private readonly registry: ToolRegistry,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  list(): readonly Tool[] {
    return this.registry.list();
  }

  async run(name: string, args: Readonly<Record<string, unknown>>): Promise<unknown> {
    const tool = this.registry.find(name);
    if (tool === undefined) throw toolNotFound();
    const problems = tool.check(args);
    if (problems.length > 0) throw argumentsInvalid(problems);
    const startedAt = performance.now();
    const tell = (outcome: string): void =>
      // Arguments and result are the organisation's; that there was a call is the operator's.
      this.logger.info({ tool: name, outcome, ms: Math.round(performance.now() - startedAt) }, 'tool called');
    try {
      const call = { signal: new AbortController().signal, idempotencyKey: newId() };
      const result = await this.registry.run(name, args, call);
      tell('succeeded');
      return result;
    } catch (error) {
      tell(error instanceof StepError ? error.code : 'defect');
      throw error instanceof StepError ? toolFailed(error) : error;
    }
  }
}
