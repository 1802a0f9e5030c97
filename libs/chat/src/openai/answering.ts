import { AgentDirectory } from '#agents';
import type { Graph } from '#kernel';
import { Injectable } from '@nestjs/common';
import { type AskedAnswer, type AskedTurn, type CutTurns, cutTurns } from './asked-answer.js';
import { AnswerProgress, type WholeAnswer } from './answer-progress.js';
import { type EndedRun, type OpenAiRun, OpenAiRuns, type RunRequest } from './openai-runs.js';
import { OpenAiTargets } from './openai-target.js';
import { PictureFetch } from './picture-fetch.js';
import { unsupported } from './read-body.js';

/** An answer on its way. */
export interface Answering {
  readonly executionId: string;
  /** An earlier request with the same key has asked. */
  readonly replayed: boolean;
  /** Pieces of the text; returns the whole. @throws AppError what the run failed with */
  pieces(): AsyncGenerator<string, WholeAnswer & Pick<EndedRun, 'usage'>>;
}

/** Has a question of a client answered by the agent or the model that it names. */
@Injectable()
export class Answers {
  constructor(
    private readonly targets: OpenAiTargets,
    private readonly runs: OpenAiRuns,
    private readonly agents: AgentDirectory,
    private readonly pictures: PictureFetch,
  ) {}

  /** @throws AppError before anything is answered */
  async begin(asked: AskedAnswer, idempotency: RunRequest['idempotency'], gone: AbortSignal): Promise<Answering> {
    const target = await this.targets.find(asked.model);
    const graph = target.direct ? null : await this.agents.runnableGraph(target.agentId, target.version ?? null);
    if (graph) refuseUnseenPictures(graph, asked.turns);
    const cut = cutTurns(await this.pictures.read(asked.turns, gone));
    const input = graph === null ? { generate: directCall(asked, cut) } : agentInput(asked, cut);
    const speakers = graph === null ? new Set(['model']) : speakersOf(graph);
    const run = await this.runs.start({ target, input, ...(idempotency && { idempotency }) }, gone);
    const { executionId, replayed } = run;
    return { executionId, replayed, pieces: () => this.pieces(run, speakers, asked.tools.length > 0) };
  }

  private async *pieces(
    run: OpenAiRun,
    speakers: ReadonlySet<string>,
    tools: boolean,
  ): AsyncGenerator<string, WholeAnswer & Pick<EndedRun, 'usage'>> {
    const progress = new AnswerProgress(speakers);
    for await (const event of run.events()) {
      const piece = progress.hear(event);
      if (piece !== '') yield piece;
    }
    const { output, usage } = await this.runs.result(run.executionId);
    const whole = progress.whole(output, tools);
    const rest = progress.rest(whole);
    if (rest !== '') yield rest;
    return { ...whole, usage };
  }
}

/** Nodes that ask a model and lead straight to an output: what they say is the answer, what others say are notes. */
function speakersOf({ nodes, edges }: Graph): ReadonlySet<string> {
  const outputs = new Set(nodes.flatMap(({ id, kind }) => (kind === 'output' ? [id] : [])));
  const before = new Set(edges.flatMap(({ from, to }) => (outputs.has(to) ? [from] : [])));
  return new Set(nodes.flatMap(({ id, kind }) => (asksModel(kind) && before.has(id) ? [id] : [])));
}

/** @throws AppError for an agent none of whose steps would be shown them */
function refuseUnseenPictures({ nodes }: Graph, turns: readonly AskedTurn[]): void {
  const [first] = turns.flatMap((turn) => ('pictures' in turn ? turn.pictures : []));
  if (!first || nodes.some(({ kind, config }) => asksModel(kind) && config['history'] !== false)) return;
  throw unsupported(first.field, 'No step of this agent sees the conversation, so none would see the picture.');
}

const asksModel = (kind: string): boolean => kind === 'llm' || kind === 'agent';

function directCall(
  asked: AskedAnswer,
  { system, history, message, images, since }: CutTurns,
): Record<string, unknown> {
  const { model, tools, toolChoice, temperature, topP, maxTokens, stop, schema } = asked;
  return {
    model,
    ...(system !== '' && { system }),
    history,
    prompt: message,
    ...(images.length > 0 && { images }),
    ...(since.length > 0 && { turns: since }),
    ...(tools.length > 0 && { tools, ...(toolChoice && { toolChoice }) }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(maxTokens !== undefined && { maxTokens }),
    ...(stop && { stop }),
    ...(schema && { schema }),
  };
}

/** What a client says about model and answer besides counts for the agent's nodes as long as it leaves the model alone. */
function agentInput(
  asked: AskedAnswer,
  { system, history, message, images, since }: CutTurns,
): Record<string, unknown> {
  const { tools, toolChoice, temperature, topP, maxTokens } = asked;
  const overrides = {
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(maxTokens !== undefined && { maxTokens }),
  };
  return {
    message,
    text: message,
    ...(images.length > 0 && { images }),
    history: [...(system === '' ? [] : [{ role: 'system', content: system }]), ...history],
    ...(since.length > 0 && { turns: since }),
    ...(tools.length > 0 && { tools, ...(toolChoice && { toolChoice }) }),
    session: {},
    ...(Object.keys(overrides).length > 0 && { overrides }),
  };
}
