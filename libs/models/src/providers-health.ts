import { Injectable } from '@nestjs/common';
import { type ModelHealth, ProviderRouter } from '#providers';
import { OrgModels } from './calls/org-models.js';

/** How the models are doing, as far as an organisation may know: by the installation's keys and by its own. */
@Injectable()
export class ProvidersHealth {
  constructor(
    private readonly router: ProviderRouter,
    private readonly models: OrgModels,
  ) {}

  /** Worst first. */
  async visible(): Promise<ModelHealth[]> {
    const { keys } = await this.models.current();
    const own = new Set([...keys.values()].map(({ id }) => id));
    const installed = new Set(this.router.providerNames());
    const offered = new Set(this.router.models().map(({ id }) => id));
    return this.router
      .health()
      .filter(({ model, credentialId }) =>
        // Names that only other organisations use are theirs.
        credentialId === null ? offered.has(model) && installed.has(providerOf(model)) : own.has(credentialId),
      )
      .sort((first, second) => second.failures - first.failures || first.model.localeCompare(second.model));
  }
}

const providerOf = (model: string): string => model.slice(0, model.indexOf('/'));
