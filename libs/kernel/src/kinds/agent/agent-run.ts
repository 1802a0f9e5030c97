import type { StepContext, StepResult } from '../../node-kind.js';
import type { StepRecord } from '../../run-host.js';
import { StepError } from '../../step-error.js';
import type { GenerateRequest, ModelTurn } from '../../step-services.js';
import type { BoundTool } from './bound-tool.js';
import { type KeptCall, modelStep, type ModelStepOutput } from './model-step.js';
import { toolStep } from './tool-step.js';

const MAX_PARTIAL_TEXT = 1_000;
/** Characters of a result that the model is told; the whole is in the record of the call. */
const MAX_TOLD_LENGTH = 32_000;
/** How much of what a step may put out the report of the calls may take, so that the answer always has room. */
const REPORT_SHARE = 0.5;

interface ToolCallReport {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
  /** Arguments and result are to be found in the step of the call alone, because all of them together are too much. */
  readonly omitted?: true;
}

/**
 * One agent at work in one attempt. Every call of the model and of a tool is a step below the agent's, so a later
 * attempt comes to the first call that has no record by way of those that have one.
 */
export class AgentRun {
  /** By turn and number: calls end in any order. */
  private readonly reports: ToolCallReport[][] = [];
  private readonly calls: (readonly KeptCall[])[] = [];
  private isSimulated = false;

  constructor(
    private readonly request: GenerateRequest,
    private readonly tools: ReadonlyMap<string, BoundTool>,
    private readonly maxTurns: number,
    private readonly context: StepContext,
  ) {}

  /** @throws StepError `agent.limit_turns`, or what a model call failed with */
  async result(): Promise<StepResult> {
    const { system, prompt } = this.request;
    const { text, turns } = await this.context.services.agentLoop(
      { prompt, ...(system !== undefined && { system }), maxTurns: this.maxTurns, signal: this.context.signal },
      {
        model: (turn, said) => this.askModel(turn, said),
        tool: (turn, number) => this.runTool(turn, number),
      },
    );
    const { isSimulated: simulated } = this;
    return { output: { text, turns, toolCalls: this.report(), simulated }, simulated };
  }

  private async askModel(
    turn: number,
    turns: readonly ModelTurn[],
  ): Promise<{ text: string; toolCalls: readonly KeptCall[] }> {
    const tools = [...this.tools.values()].map(({ description }) => description);
    let lost: unknown;
    const record = await this.context.step(
      modelStep(
        turn,
        { ...this.request, turns: this.signed(turns), ...(tools.length > 0 && { tools }) },
        (error) => (lost = error),
      ),
    );
    if (record.status === 'failed') throw failureOf(record, lost);
    const { text, toolCalls, simulated } = record.output as ModelStepOutput;
    this.isSimulated ||= simulated;
    this.calls[turn] = toolCalls;
    this.reports[turn] = [];
    // Tools whose results nobody would read are not run.
    if (toolCalls.length > 0 && turn + 1 >= this.maxTurns) throw this.outOfTurns(text);
    return { text, toolCalls };
  }

  /** What went through LangChain has lost what only the provider reads of its own calls. */
  private signed(turns: readonly ModelTurn[]): readonly ModelTurn[] {
    let replies = 0;
    return turns.map((turn) => {
      if (turn.role !== 'assistant') return turn;
      const kept = this.calls[replies++] ?? [];
      const toolCalls = turn.toolCalls.map((call, number) => {
        const signature = kept[number]?.signature;
        return signature === undefined ? call : { ...call, signature };
      });
      return { ...turn, toolCalls };
    });
  }

  private async runTool(turn: number, number: number): Promise<{ content: string; isError: boolean }> {
    const call = this.calls[turn]?.[number] as KeptCall;
    const record = await this.context.step(toolStep(turn, number, call, this.tools));
    const { name, arguments: args } = call;
    const base = { name, arguments: args };
    const reports = this.reports[turn] as ToolCallReport[];
    if (record.status === 'succeeded') {
      const result = record.output ?? null;
      reports[number] = { ...base, result };
      return { content: told(typeof result === 'string' ? result : JSON.stringify(result)), isError: false };
    }
    const { code = 'step.internal_error', message = 'It failed.' } = record.error ?? {};
    reports[number] = { ...base, error: { code, message } };
    return { content: message, isError: true };
  }

  private report(): readonly ToolCallReport[] {
    let room = this.context.maxOutputBytes * REPORT_SHARE;
    return this.reports.flat().map((report) => {
      room -= Buffer.byteLength(JSON.stringify(report));
      return room >= 0 ? report : { name: report.name, arguments: {}, omitted: true };
    });
  }

  private outOfTurns(text: string): StepError {
    const said = text.trim() === '' ? '' : ` It last said: “${text.trim().slice(0, MAX_PARTIAL_TEXT)}”`;
    return new StepError({
      code: 'agent.limit_turns',
      message: `The agent has used its ${this.maxTurns} turns and still wants to use tools: raise “maxTurns” or ask for less.${said}`,
      retryable: false,
    });
  }
}

function told(text: string): string {
  if (text.length <= MAX_TOLD_LENGTH) return text;
  return `${text.slice(0, MAX_TOLD_LENGTH)}… (${text.length - MAX_TOLD_LENGTH} more characters were left out: ask for less)`;
}

/** @param thrown what the last try has thrown, if it was one of this attempt: it knows when to ask again */
function failureOf({ error }: StepRecord, thrown: unknown): StepError {
  const { code = 'step.internal_error', message = 'The model call failed.', retryable = false } = error ?? {};
  const { retryAfterMs } = thrown instanceof StepError ? thrown : {};
  return new StepError({ code, message, retryable, ...(retryAfterMs !== undefined && { retryAfterMs }) });
}
