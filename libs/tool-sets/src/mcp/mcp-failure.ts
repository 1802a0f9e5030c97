import { StepError } from '#kernel';
import { serviceFailure, transportFailure } from '#tools';
import { StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import { EgressError } from '#platform/egress';
import { z } from 'zod';
import { cleanText } from '../clean-text.js';
import { McpRefusal } from './mcp-refusal.js';

/** Of what a server says about a failure. */
const MAX_SAID = 2_000;

export interface FailedExchange {
  /** The tool set, as people call it. */
  readonly service: string;
  /** A tool that writes had been called. */
  readonly isWrite: boolean;
  /** The connection had come about: the failure is one of what was asked over it. */
  readonly wasOpen: boolean;
}

/**
 * What went wrong between us and an MCP server, with a code that tells whether trying again helps and whether a write may
 * have happened. What is no failure of the other side stays as it is.
 */
export function mcpFailure(error: unknown, exchange: FailedExchange): unknown {
  if (error instanceof EgressError) return transportFailure(error, exchange.isWrite);
  if (error instanceof McpRefusal) return refused(error, exchange);
  if (error instanceof McpError) return answeredWithError(error, exchange);
  if (isNoMcp(error)) return unreadable(exchange);
  return error;
}

function refused({ status, said, retryAfter, isLostSession }: McpRefusal, exchange: FailedExchange): StepError {
  const { service, isWrite, wasOpen } = exchange;
  if (isLostSession) {
    return new StepError({
      code: 'tool.unavailable',
      message: `${service} has ended the session twice in a row.`,
      retryable: true,
    });
  }
  if (!wasOpen && [404, 405, 406, 410, 415].includes(status)) {
    return failure(
      'tool.invalid',
      `${service} speaks no MCP by Streamable HTTP at this address (status ${status}). Check the URL; the older transport, HTTP with SSE, is not supported.`,
    );
  }
  return serviceFailure({ service, status, said: cleanText(said, MAX_SAID), retryAfter, isWrite });
}

function answeredWithError(error: McpError, { service, isWrite }: FailedExchange): StepError {
  const said = cleanText(error.message.replace(/^MCP error -?\d+: /, ''), MAX_SAID);
  switch (error.code as ErrorCode) {
    case ErrorCode.RequestTimeout:
      return new StepError({
        code: 'tool.timeout',
        message: `${service} gave no answer and no word of progress in time.`,
        retryable: true,
        outcomeUnknown: isWrite,
      });
    case ErrorCode.InvalidParams:
      return failure('tool.invalid', `${service} did not accept the call: ${said}`);
    case ErrorCode.MethodNotFound:
      return failure('tool.not_found', `${service} has no such thing: ${said}`);
    case ErrorCode.UrlElicitationRequired:
      return failure('tool.refused', `${service} wants a person to open a page first, which runs cannot do.`);
    case ErrorCode.InternalError:
      // The JSON-RPC form of status 500: nobody knows how far it got.
      return failure('tool.failed', `${service} failed: ${said}`, isWrite);
    default:
      return failure('tool.failed', `${service} answered with an error: ${said}`);
  }
}

/** The SDK's errors for what is not the protocol, and those of its parsers. */
function isNoMcp(error: unknown): boolean {
  if (error instanceof StreamableHTTPError || error instanceof z.core.$ZodError) return true;
  const { name, message } = error as Partial<Error>;
  return name === 'SyntaxError' || /protocol version is not supported|invalid initialize result/.test(message ?? '');
}

function unreadable({ service, isWrite }: FailedExchange): StepError {
  return failure(
    'tool.unreadable',
    `${service} answered with something that is no MCP, or no version of it that is understood here. Check the URL.`,
    isWrite,
  );
}

const failure = (code: string, message: string, outcomeUnknown = false): StepError =>
  new StepError({ code, message, retryable: false, outcomeUnknown });
