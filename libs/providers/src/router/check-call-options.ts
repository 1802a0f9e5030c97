import { InvalidCallOptionError } from '../errors/invalid-call-option-error.js';
import type { CallDeadlines } from '../model/call-deadlines.js';
import type { CallOptions } from '../model/call-options.js';
import type { ModelDescription } from './model-catalogue.js';

const MOST_OUTPUT_TOKENS = 1_000_000;
const MOST_STOPS = 4;
const MOST_TOOLS = 128;
/** The longest delay that a Node.js timer keeps. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;
const TOOL_NAME = /^[a-zA-Z0-9_-]{1,64}$/;

/** Refuses, before anything is sent, what the model would refuse or silently bend. */
export function checkCallOptions(options: CallOptions, model: ModelDescription): void {
  if (options.messages.length === 0)
    throw new InvalidCallOptionError('messages', 'at least one message', options.messages);
  // Where a model takes none, its provider leaves it out with a warning; the widest bound is the one that is named.
  const hottest = model.sampling.maxTemperature ?? 2;
  const isTemperature = (value: number): boolean => value >= 0 && value <= hottest;
  const forModel = hottest === 2 ? '' : ` for ${model.id}`;
  checkNumber('temperature', options.temperature, isTemperature, `a number from 0 to ${hottest}${forModel}`);
  checkNumber('topP', options.topP, (value) => value > 0 && value <= 1, 'a number above 0 and up to 1');
  const most = model.maxOutputTokens ?? MOST_OUTPUT_TOKENS;
  const inBounds = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= most;
  checkNumber('maxTokens', options.maxTokens, inBounds, `a whole number from 1 to ${most} for ${model.id}`);
  checkStops(options.stop);
  checkTools(options);
  checkDeadlines(options.deadlines);
}

/** Each wait must be one that a timer can keep. */
export function checkDeadlines(deadlines: Partial<CallDeadlines> | undefined): void {
  for (const [name, value] of Object.entries(deadlines ?? {})) {
    const inBounds = (ms: number): boolean => ms > 0 && ms <= LONGEST_WAIT_MS;
    checkNumber(`deadlines.${name}`, value, inBounds, `a number of milliseconds from 1 to ${LONGEST_WAIT_MS}`);
  }
}

function checkNumber(option: string, value: unknown, inBounds: (value: number) => boolean, expected: string): void {
  if (value === undefined) return;
  if (typeof value !== 'number' || !inBounds(value)) throw new InvalidCallOptionError(option, expected, value);
}

function checkStops(stop: readonly string[] | undefined): void {
  if (stop === undefined) return;
  if (stop.length > MOST_STOPS || stop.some((sequence) => typeof sequence !== 'string' || sequence === '')) {
    throw new InvalidCallOptionError('stop', `up to ${MOST_STOPS} texts, none of them empty`, stop);
  }
}

function checkTools({ tools = [], toolChoice }: CallOptions): void {
  if (tools.length > MOST_TOOLS) throw new InvalidCallOptionError('tools', `at most ${MOST_TOOLS} tools`, tools.length);
  const names = new Set<string>();
  for (const [index, { name }] of tools.entries()) {
    if (!TOOL_NAME.test(name)) {
      throw new InvalidCallOptionError(`tools[${index}].name`, 'up to 64 letters, digits, _ or -', name);
    }
    if (names.has(name))
      throw new InvalidCallOptionError(`tools[${index}].name`, 'different from the other tools', name);
    names.add(name);
  }
  if (typeof toolChoice === 'object' && !names.has(toolChoice.toolName)) {
    throw new InvalidCallOptionError(
      'toolChoice',
      `one of the tools (${[...names].join(', ') || 'there are none'})`,
      toolChoice.toolName,
    );
  }
  if (toolChoice === 'required' && tools.length === 0) {
    throw new InvalidCallOptionError('toolChoice', 'auto or none when there are no tools', toolChoice);
  }
}
