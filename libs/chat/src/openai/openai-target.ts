import { AgentDirectory, BuiltInAgents } from '#agents';
import { currentPrincipal } from '#auth';
import { Injectable } from '@nestjs/common';
import { AppError, forbidden } from '#platform/errors';

/** What a `model` names. */
export interface OpenAiTarget {
  readonly agentId: string;
  readonly version?: number;
  /** The model itself, past every agent. */
  readonly direct: boolean;
}

/** Finds out what a client means by `model`. */
@Injectable()
export class OpenAiTargets {
  constructor(
    private readonly agents: AgentDirectory,
    private readonly builtIn: BuiltInAgents,
  ) {}

  /** @throws AppError not found, forbidden for models without the permission `models:call` */
  async find(model: string): Promise<OpenAiTarget> {
    if (model.includes('/')) {
      assertMayCallModels();
      return { agentId: await this.builtIn.directCall(), direct: true };
    }
    const [slug = '', version] = model.split('@');
    const { id } = await this.agents.bySlug(slug).catch((error: unknown) => {
      throw error instanceof AppError && error.kind === 'not_found' ? noSuchModel(model) : error;
    });
    if (version === undefined) return { agentId: id, direct: false };
    if (!/^[1-9]\d{0,8}$/.test(version)) throw noSuchModel(model);
    return { agentId: id, version: Number(version), direct: false };
  }
}

export function mayCallModels(): boolean {
  return currentPrincipal().permissions.has('models:call');
}

export function assertMayCallModels(): void {
  if (mayCallModels()) return;
  throw forbidden(
    'openai.models_not_allowed',
    'Calling models past every agent asks for the permission models:call. Name an agent by its slug instead.',
  );
}

export function noSuchModel(model: string): AppError {
  return new AppError(
    'not_found',
    'openai.model_not_found',
    `There is no agent or model "${model.slice(0, 100)}". Write an agent’s slug, slug@version, or provider/model; GET /v1/models lists them.`,
  );
}
