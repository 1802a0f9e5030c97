import { type HttpReply, type HttpRequest, type ServiceCall, StepError } from '#kernel';
import { CredentialVault, secretEcho } from '#integrations';
import { Inject, Injectable } from '@nestjs/common';
import { despiteAbsence } from '#platform/database';
import { AppError } from '#platform/errors';
import { EgressError, type EgressResponse } from '#platform/egress';
import { type AgentEgress, AGENT_EGRESS } from './outside.module.js';

/** Web requests of steps: through the egress door, with a credential attached where one is named. */
@Injectable()
export class OutsideHttp {
  constructor(
    @Inject(AGENT_EGRESS) private readonly egress: AgentEgress,
    private readonly vault: CredentialVault,
  ) {}

  /** @throws StepError for what went wrong before there was an answer; of a credential that may not go there, nothing was sent */
  async send({ credentialId, ...request }: HttpRequest, call: ServiceCall): Promise<HttpReply> {
    try {
      // After everything that templates and authors could say about the address, and about headers of the same name.
      const secret = credentialId === undefined ? {} : await this.secretHeaders(credentialId, request.url, call);
      const headers = { ...request.headers, ...secret };
      const response = await this.egress.request({ ...request, headers, signal: call.signal });
      return readReply(response, secretEcho(secret));
    } catch (error) {
      throw asStepError(error, call.signal);
    }
  }

  private secretHeaders(
    credentialId: string,
    url: string,
    { idempotencyKey, signal }: ServiceCall,
  ): Promise<Readonly<Record<string, string>>> {
    const [executionId, step] = idempotencyKey.split(':');
    const use = { credentialId, url, usedBy: `Run ${executionId}, step ${step}` };
    return despiteAbsence(() => this.vault.headersFor(use), { signal });
  }
}

function readReply({ status, headers, body }: EgressResponse, masked: (text: string) => string): HttpReply {
  return {
    status,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, masked(value)])),
    body: parsed(headers['content-type'], masked(body.toString('utf8'))),
  };
}

function parsed(contentType: string | undefined, text: string): unknown {
  if (!/^application\/([a-z0-9.+-]+\+)?json\b/i.test(contentType ?? '')) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** In the kernel's words; an abort stays what it is, because the walk asks its own signal. */
function asStepError(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted || !(error instanceof AppError)) return error;
  const outcomeUnknown = error instanceof EgressError && error.phase === 'after-send';
  const { code, message, retryable } = error;
  return new StepError({ code, message, retryable, outcomeUnknown, cause: error });
}
