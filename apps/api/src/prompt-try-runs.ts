import { BuiltInAgents } from '#agents';
import { ExecutionsService, PLAIN_SPENDING } from '#executions';
import { Injectable } from '@nestjs/common';
import { type StartedTryRun, TryRun, type TryRunRequest } from '#prompts';

/** Prompts are tried as direct model calls: runs of the built-in agent whose only step asks a model. */
@Injectable()
export class PromptTryRuns extends TryRun {
  constructor(
    private readonly builtIn: BuiltInAgents,
    private readonly executions: ExecutionsService,
  ) {
    super();
  }

  async run({ system, prompt, model, parameters, promptRef, idempotency }: TryRunRequest): Promise<StartedTryRun> {
    const agentId = await this.builtIn.directCall();
    // Whoever is told the id asks for the run at once.
    return this.executions.startCommitted({
      agentId,
      input: {
        generate: { model, ...(system !== '' && { system }), prompt, ...parameters, ...(promptRef && { promptRef }) },
      },
      mode: 'interactive',
      trigger: 'prompt-trial',
      // Somebody looks at it: rather a plain refusal now than an answer tomorrow.
      spending: { ...PLAIN_SPENDING, onBudget: 'fail' },
      ...(idempotency && { idempotency }),
    });
  }
}
