import { Injectable } from '@nestjs/common';
import { currentAmbient } from '#platform/context';
import { AppError, type JsonRpcError, toJsonRpcError, toProblem } from '#platform/errors';
import { InjectLogger, type Logger } from '#platform/logging';

/** What the protocol's own code answers a request with when a handler throws it. */
class RpcFailure extends Error {
  override readonly name = 'RpcFailure';
  readonly code: number;
  readonly data: JsonRpcError['data'] & { readonly retryAfterSeconds?: number };

  constructor({ code, message, data }: JsonRpcError, retryAfterSeconds?: number) {
    super(message);
    this.code = code;
    this.data = { ...data, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
  }
}

/** Translates whatever fails in a handler into an answer, as the problem filter does for whole requests. */
@Injectable()
export class RpcFailures {
  constructor(@InjectLogger() private readonly logger: Logger) {}

  /** @throws RpcFailure instead of anything else; what is not ours is named only by the request id */
  async translate<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const problem = toProblem(error, currentAmbient()?.requestId ?? 'unknown');
      if (problem.status >= 500) this.logger.error({ err: error, code: problem.code }, 'an MCP request failed');
      throw new RpcFailure(toJsonRpcError(problem), error instanceof AppError ? error.retryAfterSeconds : undefined);
    }
  }
}
