import { z } from 'zod';
import type { LeftOutTool, OfferedTool } from '../tool-set-adapter.js';

const schema = z.record(z.string(), z.unknown());

/** What of a listed tool is looked at. A tool without a name is none; everything else is judged where tools are accepted. */
const listedTool = z.object({
  name: z.string().min(1).max(500),
  title: z.string().optional().catch(undefined),
  description: z.string().optional().catch(undefined),
  inputSchema: schema.catch({}),
  outputSchema: schema.nullish().catch(null),
  annotations: z
    .object({ title: z.string().optional().catch(undefined), readOnlyHint: z.boolean().optional().catch(undefined) })
    .optional()
    .catch(undefined),
  execution: z
    .object({ taskSupport: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

/**
 * The tools of one page of `tools/list`. That a tool only reads is a stranger's hint: it decides whether a call goes
 * through the effect ledger, and people may say otherwise. Nothing in MCP promises that a call may be made twice.
 */
export function offeredTools(listed: readonly unknown[]): readonly (OfferedTool | LeftOutTool)[] {
  return listed.flatMap((each): (OfferedTool | LeftOutTool)[] => {
    const tool = listedTool.safeParse(each).data;
    if (tool === undefined) return [];
    const { name, title, description, inputSchema, outputSchema, annotations, execution } = tool;
    if (execution?.taskSupport === 'required') {
      return [{ remoteName: name, reason: 'It runs only as a task of the server, which is not supported.' }];
    }
    return [
      {
        remoteName: name,
        description: description ?? title ?? annotations?.title ?? name,
        inputSchema,
        outputSchema: outputSchema ?? null,
        effect: annotations?.readOnlyHint === true ? 'read' : 'write',
        repeatable: false,
        definition: {},
      },
    ];
  });
}
