import { Injectable } from '@nestjs/common';
import { OrgModels } from '../calls/org-models.js';
import { modelsChanged } from '../models.errors.js';
import { ModelPoliciesRepository } from './model-policies.repository.js';
import { DEFAULT_POLICY, type ModelPolicyValues } from './model-policy.js';

/** A policy at a revision; 0: nobody has decided anything yet. */
export interface PolicyAtRevision extends ModelPolicyValues {
  readonly revision: number;
}

@Injectable()
export class ModelPolicyService {
  constructor(
    private readonly policies: ModelPoliciesRepository,
    private readonly models: OrgModels,
  ) {}

  async get(): Promise<PolicyAtRevision> {
    return (await this.policies.find()) ?? { ...DEFAULT_POLICY, revision: 0 };
  }

  /** @throws AppError model_policy.changed (412) */
  async save(values: ModelPolicyValues, expectedRevision: number | null): Promise<PolicyAtRevision> {
    if (!(await this.policies.save(values, expectedRevision))) throw modelsChanged('model_policy');
    this.models.forget();
    return this.get();
  }
}
