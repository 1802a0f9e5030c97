import { runAgentLoop } from '#agent-loop';
import {
  compilePlan,
  type FoundTool,
  type GenerateReply,
  type GenerateRequest,
  type Graph,
  type RunOutcome,
  type StepServices,
  type ToolDescription,
  type WaitAnswer,
  walk,
} from '#kernel';
import { collectStream, createProviders, type Message } from '#providers';
import { Sandbox } from '#sandbox';
import { MemoryRunHost } from '../../../kernel/src/testing/index.js';
import { nodeKinds } from '../node-kinds.js';

/** A tool that stands in for one of the same name: the tools themselves are another domain's. */
export interface StandInTool extends ToolDescription {
  readonly run: (args: Readonly<Record<string, unknown>>) => unknown;
}

export interface RunGraphOptions {
  readonly tools?: readonly StandInTool[];
  /** What people say to the waits of the run, by path. */
  readonly answers?: Readonly<Record<string, WaitAnswer>>;
}

/** Runs a graph in memory, as a fresh machine without any key would: with the simulated model and no network. */
export async function runGraph(
  graph: Graph,
  input: unknown,
  { tools = [], answers }: RunGraphOptions = {},
): Promise<RunOutcome> {
  const sandbox = new Sandbox({ threads: 1 });
  const services: StepServices = {
    generate,
    embed: () => Promise.reject(new Error('There is no embedding model here.')),
    http: () => Promise.reject(new Error('There is no network here.')),
    code: ({ source, input: given }) => sandbox.runCode({ source, input: given }),
    findTool: (name) => Promise.resolve(foundTool(tools.find((tool) => tool.name === name))),
    callTool: (name, args) => Promise.resolve(tools.find((tool) => tool.name === name)?.run(args)),
    agentLoop: runAgentLoop,
  };
  const host = new MemoryRunHost({ limits: { maxSteps: 1_000 }, services, ...(answers && { answers }) });
  try {
    return await walk(compilePlan(graph, nodeKinds), input, host);
  } finally {
    await sandbox.close();
  }
}

const models = createProviders({
  fetch: () => Promise.reject(new Error('There is no network here.')),
  simulated: { wordsPerSecond: 0 },
});

async function generate(request: GenerateRequest): Promise<GenerateReply> {
  const { model, schema, tools } = request;
  const { usage, finishReason, warnings, toolCalls, ...result } = await collectStream(models.languageModel(model), {
    messages: messagesOf(request),
    ...(schema && { responseFormat: { type: 'json', schema } }),
    ...(tools && { tools: tools.map(({ inputSchema, ...tool }) => ({ ...tool, parameters: inputSchema })) }),
  });
  return {
    ...result,
    toolCalls: toolCalls.map(({ id, toolName, arguments: args }) => ({ id, name: toolName, arguments: args })),
    usage,
    finishReason: finishReason.unified,
    warnings: warnings.map(({ message }) => message),
  };
}

function messagesOf({ system, prompt, turns = [] }: GenerateRequest): Message[] {
  return [
    ...(system === undefined ? [] : [{ role: 'system' as const, content: system }]),
    { role: 'user', content: prompt },
    ...turns.map((turn): Message => (turn.role === 'assistant' ? { role: 'assistant', content: turn.content } : turn)),
  ];
}

function foundTool(tool: StandInTool | undefined): FoundTool | undefined {
  return (
    tool && {
      ...tool,
      check: () => [],
      effectOf: () => 'read',
      isRepeatable: () => true,
      maskArguments: (args) => args,
    }
  );
}
