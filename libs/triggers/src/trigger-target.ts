import { AgentVersions } from '#agents';
import { validateInput } from '#kernel';
import { Injectable } from '@nestjs/common';
import { inputDoesNotFit } from './triggers.errors.js';

/** What a trigger starts: it must be there when the trigger is saved, although it may be gone when that fires. */
@Injectable()
export class TriggerTarget {
  constructor(private readonly versions: AgentVersions) {}

  /** @throws AppError not found · archived · not published */
  async assertRuns(agentId: string, version: number | null): Promise<void> {
    await this.versions.resolve(agentId, version ?? undefined);
  }

  /** @throws AppError as `assertRuns` does, or invalid naming what is wrong below `/input` */
  async assertTakes(agentId: string, version: number | null, input: unknown): Promise<void> {
    const { plan } = await this.versions.resolve(agentId, version ?? undefined);
    const problems = validateInput(plan, input);
    if (problems.length > 0) throw inputDoesNotFit(problems);
  }
}
