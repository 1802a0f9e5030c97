import { ModelCallError } from '../../errors/model-call-error.js';
import type { ToolCall } from '../../model/tool.js';
import type { OpenAIToolCallDelta } from './openai-api-types.js';

interface Fragments {
  id: string;
  name: string;
  arguments: string;
}

/**
 * Puts tool calls together from their fragments. Nothing is handed out before the provider has said that the answer
 * is finished: half a call that happens to parse is the most expensive mistake a stream can make.
 */
export class ToolCallAssembler {
  private readonly calls = new Map<string | number, Fragments>();
  private latest: string | number | undefined;

  /** Fragments normally carry an index; some imitations give only an id, or neither after the first fragment. */
  add(delta: OpenAIToolCallDelta): void {
    const key = delta.index ?? delta.id ?? this.latest ?? 0;
    this.latest = key;
    let call = this.calls.get(key);
    if (!call) this.calls.set(key, (call = { id: '', name: '', arguments: '' }));
    if (delta.id) call.id = delta.id;
    if (delta.function?.name) call.name = delta.function.name;
    if (delta.function?.arguments) call.arguments += delta.function.arguments;
  }

  get isEmpty(): boolean {
    return this.calls.size === 0;
  }

  /** Names and arguments as they came, for estimating what they cost. */
  get text(): string {
    return [...this.calls.values()].map((call) => call.name + call.arguments).join('\n');
  }

  /** The complete calls; throws when a finished answer contains one that is not. */
  complete(): ToolCall[] {
    const taken = new Set<string>();
    return [...this.calls.values()].map((call, index) => ({
      id: uniqueId(call.id || `call_${index}`, taken),
      toolName: requireName(call.name),
      arguments: parseArguments(call),
    }));
  }
}

/** Two calls under one id could not be answered apart. */
function uniqueId(id: string, taken: Set<string>): string {
  let unique = id;
  for (let count = 2; taken.has(unique); count++) unique = `${id}-${count}`;
  taken.add(unique);
  return unique;
}

function requireName(name: string): string {
  if (name === '') throw invalid('called a tool without naming it');
  return name;
}

function parseArguments(call: Fragments): Record<string, unknown> {
  // Tools without parameters are often called with nothing at all.
  if (call.arguments.trim() === '') return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(call.arguments);
  } catch {
    throw invalid(`called ${call.name} with arguments that are not JSON`);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw invalid(`called ${call.name} with arguments that are not an object`);
  }
  return parsed as Record<string, unknown>;
}

function invalid(what: string): ModelCallError {
  return new ModelCallError('provider.invalid_tool_call', `The model ${what}.`, { retryable: true });
}
