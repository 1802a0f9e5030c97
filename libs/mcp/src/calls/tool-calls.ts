import type { CallableAgent } from '#agents';
import { currentPrincipal } from '#auth';
import {
  ExecutionControl,
  ExecutionsQueries,
  type FollowedRun,
  FollowedRuns,
  isFinal,
  PLAIN_SPENDING,
} from '#executions';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { Injectable } from '@nestjs/common';
import { AppError } from '#platform/errors';
import { forbiddenKeyProblems } from '#tools';
import { credentialGone, invalidArguments } from '../mcp.errors.js';
import { resultOfRun } from '../tools/tool-result.js';
import { CallProgress, type Progress } from './call-progress.js';
import type { CallStop } from './call-stop.js';
import { OpenWaits } from './open-waits.js';
import { nobodyListens, unfinishedResult } from './unfinished-result.js';

/** A client that waits longer than this had better look at the run. */
const PATIENCE_MS = 15 * 60_000;

/** People take longer than any client waits; a policy that answers by itself does not. */
const PATIENCE_WITH_PEOPLE_MS = 10_000;

/** More of a run's log lines are in the run. */
const MAX_LOG_LINES = 1_000;

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly stepId: string;
  readonly message: string;
}

/** What a call tells its client on the way. */
export interface CallListener {
  /** Null when the client has asked for no progress. */
  readonly onProgress: ((progress: Progress) => void) | null;
  readonly onLog: (line: LogLine) => void;
}

/** Has an agent answer a call: a run that is followed until it has ended, or until waiting for it makes no sense. */
@Injectable()
export class ToolCalls {
  constructor(
    private readonly runs: FollowedRuns,
    private readonly control: ExecutionControl,
    private readonly queries: ExecutionsQueries,
  ) {}

  /**
   * @throws AppError when nothing was started, or nobody may be told what became of it; a run that fails is a result
   */
  async run(agent: CallableAgent, args: unknown, stop: CallStop, listener: CallListener): Promise<CallToolResult> {
    const forbidden = forbiddenKeyProblems(args, '/params/arguments');
    if (forbidden.length > 0) throw invalidArguments(forbidden.slice(0, 20));
    const run = await this.start(agent.id, args, stop.signal);
    stop.after(PATIENCE_MS, 'too-slow');
    const waits = await this.follow(run, stop, listener);
    if (stop.reason === 'cancelled') await this.cancel(run.executionId);
    if (stop.reason === 'revoked') throw credentialGone();
    if (stop.reason === 'cancelled' || stop.reason === 'hung-up') return nobodyListens(run.executionId);
    // It may have ended in the moment in which it was given up.
    const present = await this.queries.getWithOutput(run.executionId);
    if (stop.reason === null || isFinal(present.status)) return resultOfRun(present);
    const mayLook = currentPrincipal().permissions.has('executions:read');
    return unfinishedResult(run.executionId, stop.reason, waits.title, mayLook);
  }

  private async start(agentId: string, input: unknown, signal: AbortSignal): Promise<FollowedRun> {
    try {
      const spending = { ...PLAIN_SPENDING, onBudget: 'fail' as const };
      return await this.runs.start({ agentId, input, mode: 'interactive', trigger: 'mcp', spending }, signal);
    } catch (error) {
      throw inWordsOfTheCall(error);
    }
  }

  private async follow(run: FollowedRun, stop: CallStop, { onProgress, onLog }: CallListener): Promise<OpenWaits> {
    const progress = onProgress && new CallProgress(onProgress);
    const waits = new OpenWaits();
    let logLines = 0;
    try {
      for await (const events of run.events()) {
        for (const event of events) {
          progress?.hear(event);
          waits.hear(event);
          if (event.type === 'log' && (logLines += 1) <= MAX_LOG_LINES) {
            onLog({ ...(event.data as Omit<LogLine, 'stepId'>), stepId: event.stepId ?? '' });
          }
        }
        if (waits.isEmpty) stop.callOff('waiting');
        else stop.after(PATIENCE_WITH_PEOPLE_MS, 'waiting');
      }
    } finally {
      progress?.close();
    }
    return waits;
  }

  /** A run that has ended meanwhile needs no cancelling. */
  private async cancel(executionId: string): Promise<void> {
    await this.control.cancel(executionId).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
    });
  }
}

/** The caller knows nothing of inputs and start nodes: it has sent arguments. */
function inWordsOfTheCall(error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== 'execution.invalid_input') return error;
  return invalidArguments(
    (error.errors ?? []).map(({ pointer, code, message }) => ({
      pointer: pointer.replace(/^\/input/, '/params/arguments'),
      code,
      message: message.replaceAll(pointer, pointer.replace(/^\/input\/?/, '') || 'The arguments'),
    })),
  );
}
