import { type CallToolResult, type ContentBlock, ContentBlockSchema } from '@modelcontextprotocol/sdk/types.js';

/** What of a run its result is made from, as `ExecutionsQueries` gives it. */
export interface EndedRun {
  readonly id: string;
  readonly status: string;
  readonly output: unknown;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly large: Readonly<
    Record<string, { readonly hash: string; readonly bytes: number; readonly preview: string }>
  > | null;
}

/** More blocks than this are not looked at: then the output is told as JSON. */
const MAX_BLOCKS = 100;

/** Every answer that comes from a run says from which. */
export function textResult(text: string, executionId?: string): CallToolResult {
  return {
    content: [{ type: 'text', text }],
    ...(executionId !== undefined && { _meta: { 'agentflow/executionId': executionId } }),
  };
}

/**
 * How a run that has ended is told: its output as JSON text and, where it is an object, as structured content; an output
 * whose `content` is a list of the protocol's own blocks (text, image, audio, resource) as those; a failure as `isError`.
 */
export function resultOfRun({ id, status, output, error, large }: EndedRun): CallToolResult {
  if (status !== 'succeeded') {
    const { code, message } = error ?? { code: `run.${status}`, message: `The run ended as ${status}.` };
    return { ...textResult(`${message} (${code}, run ${id})`, id), isError: true };
  }
  const blocks = contentBlocksOf(output);
  if (blocks) return { ...textResult('', id), content: [...blocks] };
  return { ...textResult(outputText(output, id, large), id), ...(isRecord(output) && { structuredContent: output }) };
}

/** A text as it is, anything else as JSON; of what is too large to be sent, where it is and how it begins. */
export function outputText(output: unknown, executionId = '', large: EndedRun['large'] = null): string {
  const reference = large?.['output'];
  if (reference) {
    return `The output has ${reference.bytes} bytes, which is too much for this answer. It is at /api/v1/executions/${executionId}/payloads/${reference.hash} and begins: ${reference.preview}`;
  }
  return typeof output === 'string' ? output : JSON.stringify(output ?? null);
}

function contentBlocksOf(output: unknown): readonly ContentBlock[] | null {
  if (!isRecord(output) || Object.keys(output).length !== 1 || !Array.isArray(output['content'])) return null;
  const { content } = output as { content: readonly unknown[] };
  if (content.length === 0 || content.length > MAX_BLOCKS) return null;
  const blocks = content.map((block) => ContentBlockSchema.safeParse(block));
  return blocks.every(({ success }) => success) ? blocks.map(({ data }) => data as ContentBlock) : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
