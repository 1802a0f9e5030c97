export type Approval = 'never' | 'onWrite' | 'always';

/** A tool of an agent, as the form holds it. */
export interface AgentTool {
  name: string;
  description?: string;
  approval?: Approval;
  fixed?: Record<string, unknown>;
  forbidden?: string[];
  credentialId?: string;
}

/** What stands in the graph, whichever of its ways it is written in. Parts that the form does not know stay. */
export function readAgentTools(value: unknown): AgentTool[] {
  if (!Array.isArray(value)) return [];
  return value.map((each: unknown): AgentTool => {
    if (typeof each === 'string') return { name: each };
    if (typeof each !== 'object' || each === null) return { name: '' };
    const { approval, ...rest } = each as Record<string, unknown>;
    const policy = approval === true ? 'always' : approval === false ? undefined : (approval as Approval | undefined);
    return { name: '', ...rest, ...(policy !== undefined && { approval: policy }) };
  });
}

/** Without what says nothing. */
export function writeAgentTool(tool: AgentTool): AgentTool {
  const isEmpty = (value: unknown): boolean =>
    value === undefined ||
    value === '' ||
    (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
  const kept = Object.entries(tool).filter(([name, value]) => name === 'name' || !isEmpty(value));
  const { approval, ...rest } = Object.fromEntries(kept) as unknown as AgentTool;
  return approval === undefined || approval === 'never' ? rest : { ...rest, approval };
}

/** Names of the arguments of a tool, as its schema lists them. */
export function argumentNames(schema: unknown): string[] {
  const { properties } = (schema ?? {}) as { properties?: object };
  return Object.keys(properties ?? {});
}
