import { ExecutionsQueries } from '#executions';
import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js';
import { Injectable } from '@nestjs/common';
import { AppError } from '#platform/errors';
import { isId } from '#platform/ids';
import { invalidArguments } from '../mcp.errors.js';
import { outputText, textResult } from './tool-result.js';

/** With hyphens, which no agent's tool has. */
export const GET_RUN = 'agentflow-get-run';

export const GET_RUN_TOOL: Tool = {
  name: GET_RUN,
  title: 'Look at a run',
  description:
    'Tells how a run of an agent stands: its status, its output, why it failed or what it waits for. Use it with the run id that another tool has answered with.',
  inputSchema: {
    type: 'object',
    properties: { executionId: { type: 'string', format: 'uuid', description: 'The id of the run.' } },
    required: ['executionId'],
    additionalProperties: false,
  },
  annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: false },
};

/** Answers for runs that took longer than the call that started them. */
@Injectable()
export class GetRunTool {
  constructor(private readonly queries: ExecutionsQueries) {}

  /** @throws AppError invalid for arguments that are no id */
  async call({ executionId, ...others }: Readonly<Record<string, unknown>>): Promise<CallToolResult> {
    const [other] = Object.keys(others);
    if (other !== undefined) throw invalidArguments([problem(`/${other}`, 'is not expected: remove it.')]);
    if (typeof executionId !== 'string' || !isId(executionId)) {
      throw invalidArguments([problem('/executionId', 'must be the id of a run.')]);
    }
    try {
      const { status, output, large, error, waits, agentName } = await this.queries.getWithOutput(executionId);
      const known = {
        executionId,
        agent: agentName,
        status,
        ...(status === 'succeeded' && { output }),
        ...(error && { error: { code: error.code, message: error.message } }),
        ...(waits.length > 0 && { waitsFor: waits.map(({ kind, title, dueAt }) => ({ kind, title, dueAt })) }),
      };
      const text = large?.output
        ? `${outputText(known)}\n${outputText(output, executionId, large)}`
        : outputText(known);
      return { ...textResult(text, executionId), structuredContent: known };
    } catch (failure) {
      // What the caller can mend by looking again is an answer to its model, not a failure of the protocol.
      if (failure instanceof AppError && failure.kind === 'not_found') {
        return { ...textResult(failure.message), isError: true };
      }
      throw failure;
    }
  }
}

function problem(pointer: string, said: string) {
  return { pointer: `/params/arguments${pointer}`, code: 'invalid_argument', message: `${pointer.slice(1)} ${said}` };
}
