import { StepError } from '#kernel';
import { textArgument } from '../text-argument.js';
import type { Tool, ToolArguments } from '../tool.js';

const OPERATIONS = ['count', 'split', 'replace', 'upper', 'lower', 'title', 'trim', 'slice'];
const MAX_PARTS = 10_000;
const OUTPUT_BYTES = 256 * 1024;
const text = { type: 'string', maxLength: 200_000 };

export const TEXT_TOOL: Tool = {
  name: 'text',
  description:
    'Works on text exactly: "count" gives characters, words and lines; "split" cuts at "separator"; "replace" puts "replacement" for every "search", taken literally; "upper", "lower", "title" and "trim" rewrite it; "slice" cuts out characters from "start" up to "end".',
  inputSchema: {
    type: 'object',
    properties: {
      operation: { type: 'string', enum: OPERATIONS },
      text,
      separator: { type: 'string', maxLength: 100, description: 'For split; a line break when absent.' },
      search: { type: 'string', minLength: 1, maxLength: 1_000, description: 'For replace.' },
      replacement: { type: 'string', maxLength: 1_000, description: 'For replace; nothing when absent.' },
      start: { type: 'integer', description: 'For slice: from 0, negative counts from the end.' },
      end: { type: 'integer', description: 'For slice: the first character that is left out.' },
    },
    required: ['operation', 'text'],
    additionalProperties: false,
  },
  effect: 'read',
  timeoutMs: 2_000,
  outputBytes: OUTPUT_BYTES,
  run: (args) => {
    const given = textArgument(args, 'text');
    if (args.operation === 'count') return count(given);
    if (args.operation === 'split') return split(given, args);
    return { text: rewrite(given, args) };
  },
};

function count(given: string): unknown {
  return {
    characters: [...given].length,
    words: given.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)?.length ?? 0,
    lines: given === '' ? 0 : given.split(/\r\n|\r|\n/).length,
  };
}

function split(given: string, args: ToolArguments): unknown {
  const parts = given.split(textArgument(args, 'separator', '\n'), MAX_PARTS + 1);
  return { parts: parts.slice(0, MAX_PARTS), isComplete: parts.length <= MAX_PARTS };
}

function rewrite(given: string, args: ToolArguments): string {
  const { start = 0, end } = args;
  switch (args.operation) {
    case 'replace':
      return replace(given, textArgument(args, 'search'), textArgument(args, 'replacement'));
    case 'upper':
      return given.toUpperCase();
    case 'lower':
      return given.toLowerCase();
    case 'title':
      return given.replaceAll(/\p{L}[\p{L}\p{M}'’]*/gu, (word) => word[0]?.toUpperCase() + word.slice(1).toLowerCase());
    case 'trim':
      return given.trim();
    default:
      return [...given].slice(Number(start), end === undefined ? undefined : Number(end)).join('');
  }
}

/** What would be too large is not even made. */
function replace(given: string, search: string, replacement: string): string {
  if (search === '') return given;
  const parts = given.split(search);
  const growth = (parts.length - 1) * (replacement.length - search.length);
  if (given.length + growth <= OUTPUT_BYTES) return parts.join(replacement);
  throw new StepError({
    code: 'tool.output_too_large',
    message: `The text would be larger than ${OUTPUT_BYTES} bytes.`,
    retryable: false,
  });
}
