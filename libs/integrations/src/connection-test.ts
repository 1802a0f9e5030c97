import { StepError } from '#kernel';
import { Inject, Injectable } from '@nestjs/common';
import { currentPrincipal } from '#auth';
import { AppError } from '#platform/errors';
import { EgressError } from '#platform/egress';
import { mayUse } from './credential-access.js';
import { type ConnectionTester, ConnectionTesters } from './connection-testers.js';
import { CredentialVault } from './credential-vault.js';
import { INTEGRATIONS_EGRESS, type IntegrationsEgress } from './integrations-egress.js';
import { credentialNotFound, noTest } from './integrations.errors.js';
import { IntegrationsRepository } from './integrations.repository.js';
import { kindOf } from './integrations.service.js';
import type { ConnectionTest as TestRequest } from './kinds/credential-kind.js';

const LIMITS = { totalMs: 15_000, maxResponseBytes: 1024 * 1024 };

const USED_BY = 'Test of the connection';
const MAX_MESSAGE = 500;

export interface TestResult {
  readonly outcome: 'ok' | 'failed';
  /** A sentence for people; never what the service has answered. */
  readonly message: string;
}

/** Whether a credential works, found out with the cheapest request that needs it, through the same check as every other use. */
@Injectable()
export class ConnectionTest {
  constructor(
    private readonly integrations: IntegrationsRepository,
    private readonly vault: CredentialVault,
    private readonly testers: ConnectionTesters,
    @Inject(INTEGRATIONS_EGRESS) private readonly egress: IntegrationsEgress,
  ) {}

  /** The result is kept with the credential. @throws AppError not found · credential.no_test */
  async run(id: string): Promise<TestResult> {
    const row = await this.integrations.find(id);
    if (!row || !mayUse(row, currentPrincipal())) throw credentialNotFound();
    const kind = kindOf(row);
    const test = kind.test?.(row.fields);
    const tester = this.testers.find(kind.kind);
    const result = test ? await this.ask(id, test) : tester ? await this.tryTo(id, kind.kind, tester) : undefined;
    if (!result) throw noTest();
    await this.integrations.noteTest(id, result.outcome, result.message);
    return result;
  }

  private async tryTo(credentialId: string, kind: string, tester: ConnectionTester): Promise<TestResult> {
    try {
      await tester(await this.vault.fieldsFor({ credentialId, kind, usedBy: USED_BY }));
      return { outcome: 'ok', message: 'The service accepts the credential.' };
    } catch (error) {
      if (!(error instanceof AppError || error instanceof StepError)) throw error;
      return { outcome: 'failed', message: error.message.slice(0, MAX_MESSAGE) };
    }
  }

  private async ask(credentialId: string, { method, url, refusal }: TestRequest): Promise<TestResult> {
    try {
      const headers = await this.vault.headersFor({ credentialId, url, usedBy: USED_BY });
      const answer = await this.egress.request({
        method,
        url,
        headers: { accept: 'application/json', ...headers },
        redirect: 'manual',
        limits: LIMITS,
      });
      return judged(answer.status, refusal?.(parsed(answer.body)) ?? null);
    } catch (error) {
      if (error instanceof EgressError || error instanceof AppError)
        return { outcome: 'failed', message: error.message };
      throw error;
    }
  }
}

function judged(status: number, refusal: string | null): TestResult {
  if (status === 401 || status === 403) {
    return { outcome: 'failed', message: `The service does not accept the credential (status ${status}).` };
  }
  if (status < 200 || status > 299) {
    return { outcome: 'failed', message: `The service answered with status ${status}. Check the address.` };
  }
  if (refusal === null) return { outcome: 'ok', message: 'The service accepts the credential.' };
  const word = /^[a-z0-9_ ]{1,60}$/i.test(refusal) ? refusal : 'an error';
  return { outcome: 'failed', message: `The service does not accept the credential (${word}).` };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return null;
  }
}
