import { once } from 'node:events';
import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { AppError, toOpenAiError, toProblem } from '#platform/errors';
import { InjectLogger, type Logger } from '#platform/logging';

/** Comment lines keep proxies from closing a quiet stream. */
const KEEP_ALIVE_MS = 15_000;
const STUCK_MS = 60_000;

/** One message of a stream in OpenAI's form; `event` only in the Responses API. */
export interface OpenAiEvent {
  readonly event?: string;
  readonly data: unknown;
}

/** Streams in OpenAI's form: the headers with the first message, errors as a message once there is one. */
@Injectable()
export class EventSender {
  constructor(@InjectLogger() private readonly logger: Logger) {}

  /** @throws whatever `events` throws before its first message; the response is untouched then */
  async send(
    events: AsyncIterator<OpenAiEvent, void>,
    response: Response,
    { last, errorEvent }: { last?: string; errorEvent?: string },
  ): Promise<void> {
    const first = await events.next();
    response.status(200);
    response.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
    response.setHeader('Cache-Control', 'no-cache, no-transform');
    response.setHeader('X-Accel-Buffering', 'no');
    response.flushHeaders();
    const keepAlive = setInterval(() => response.write(': keep-alive\n\n'), KEEP_ALIVE_MS);
    try {
      for (let next = first; !next.done && !response.destroyed; next = await events.next()) {
        if (!response.write(textOf(next.value))) await drained(response);
      }
      if (last !== undefined) response.write(`data: ${last}\n\n`);
    } catch (error) {
      response.write(textOf(this.told(error, response, errorEvent)));
    } finally {
      clearInterval(keepAlive);
      await events.return?.();
      response.end();
    }
  }

  private told(error: unknown, response: Response, event: string | undefined): OpenAiEvent {
    if (!(error instanceof AppError)) this.logger.error({ err: error }, 'a streamed answer failed');
    const problem = toProblem(error, String(response.getHeader('X-Request-Id') ?? 'unknown'));
    const told = toOpenAiError(problem);
    return event === undefined ? { data: told } : { event, data: { ...told.error, type: event } };
  }
}

function textOf({ event, data }: OpenAiEvent): string {
  return `${event === undefined ? '' : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`;
}

/** Waits for a slow reader, not for ever. */
async function drained(response: Response): Promise<void> {
  try {
    await once(response, 'drain', { signal: AbortSignal.timeout(STUCK_MS) });
  } catch {
    response.destroy();
  }
}
