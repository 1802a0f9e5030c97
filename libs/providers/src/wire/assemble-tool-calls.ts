import { randomBytes } from 'node:crypto';
import { ModelCallError } from '../errors/model-call-error.js';
import type { ToolCall } from '../model/tool.js';

/** A piece of a call as it came; any part may be missing, and nothing is promised to be of its type. */
export interface ToolCallFragment {
  /** Fragments of one call share it. */
  readonly index?: number | string | null;
  readonly id?: string | null;
  readonly name?: string | null;
  /** The next characters of the arguments' JSON. */
  readonly arguments?: string | null;
}

/** A call that came in one piece. */
export interface WholeToolCall {
  readonly id?: unknown;
  readonly name?: unknown;
  readonly arguments?: unknown;
  readonly signature?: unknown;
}

interface Fragments {
  id: string;
  name: string;
  arguments: string;
  signature?: string;
}

/** The longest answer of any model, were it one call, has half of this. */
const MOST_ARGUMENT_CHARS = 1024 * 1024;
const MOST_CALLS = 128;

/**
 * Puts tool calls together from their fragments. Nothing is handed out before the provider has said that the answer
 * is finished: half a call that happens to parse is the most expensive mistake a stream can make.
 */
export class ToolCallAssembler {
  private readonly calls = new Map<string | number, Fragments>();
  private latest: string | number | undefined;

  /** Fragments normally carry an index; some imitations give only an id, or neither after the first fragment. */
  add(fragment: ToolCallFragment): void {
    const key = fragment.index ?? fragment.id ?? this.latest ?? 0;
    this.latest = key;
    let call = this.calls.get(key);
    if (!call) this.begin(key, (call = { id: '', name: '', arguments: '' }));
    if (fragment.id) call.id = String(fragment.id);
    if (fragment.name) call.name = String(fragment.name);
    if (fragment.arguments) call.arguments += String(fragment.arguments);
    refuseFlood(call);
  }

  /** A call whose provider does not send it in pieces. */
  addWhole(call: WholeToolCall): void {
    const fragments = {
      id: typeof call.id === 'string' ? call.id : '',
      name: typeof call.name === 'string' ? call.name : '',
      arguments: call.arguments === undefined || call.arguments === null ? '' : JSON.stringify(call.arguments),
      ...(typeof call.signature === 'string' && { signature: call.signature }),
    };
    this.begin(`whole ${this.calls.size}`, fragments);
    refuseFlood(fragments);
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
    return [...this.calls.values()].map((call) => ({
      id: uniqueId(call.id || newId(), taken),
      toolName: requireName(call.name),
      arguments: parseArguments(call),
      ...(call.signature !== undefined && { signature: call.signature }),
    }));
  }

  private begin(key: string | number, call: Fragments): void {
    if (this.calls.size === MOST_CALLS) throw invalid(`called more than ${MOST_CALLS} tools at once`);
    this.calls.set(key, call);
  }
}

function refuseFlood(call: Fragments): void {
  if (call.arguments.length > MOST_ARGUMENT_CHARS) throw invalid('called a tool with more than an argument can be');
}

/** Unlike any other reply's, and short enough for every provider that the conversation may go on with. */
function newId(): string {
  return `call_${randomBytes(12).toString('hex')}`;
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
