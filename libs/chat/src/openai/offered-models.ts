import { AgentDirectory } from '#agents';
import { ModelCatalogue } from '#models';
import { Injectable } from '@nestjs/common';
import { mayCallModels, noSuchModel } from './openai-target.js';

const MAX_AGENTS = 1_000;

export interface OpenAiModel {
  readonly id: string;
  readonly object: 'model';
  /** Epoch seconds. */
  readonly created: number;
  readonly owned_by: string;
}

/** Everything that a client may write as `model`. */
@Injectable()
export class OfferedModels {
  constructor(
    private readonly agents: AgentDirectory,
    private readonly catalogue: ModelCatalogue,
  ) {}

  /** Agents first, then models that can be called now. */
  async list(): Promise<OpenAiModel[]> {
    const agents = (await this.agents.published(MAX_AGENTS)).map(({ slug, createdAt }) =>
      offered(slug, 'agentflow', createdAt.getTime()),
    );
    if (!mayCallModels()) return agents;
    const models = (await this.catalogue.list()).filter(({ keySource, isAllowed }) => keySource !== null && isAllowed);
    return [...agents, ...models.map(({ id, provider }) => offered(id, provider, 0))];
  }

  /** @throws AppError not found */
  async get(id: string): Promise<OpenAiModel> {
    const found = (await this.list()).find((each) => each.id === id);
    if (!found) throw noSuchModel(id);
    return found;
  }
}

function offered(id: string, ownedBy: string, createdMs: number): OpenAiModel {
  return { id, object: 'model', created: Math.floor(createdMs / 1000), owned_by: ownedBy };
}
