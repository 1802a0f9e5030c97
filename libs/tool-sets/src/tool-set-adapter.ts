/** How the other side is spoken to. */
export const TOOL_SET_KINDS = ['mcp', 'openapi'] as const;
export type ToolSetKind = (typeof TOOL_SET_KINDS)[number];

/** Where the tools of a set come from, as far as an adapter needs to know. Always inside the organisation in context. */
export interface ToolSetPlace {
  readonly id: string;
  /** As people call it; for messages. */
  readonly name: string;
  /** The MCP endpoint, or the base URL of the API; http or https. */
  readonly url: string;
  /** The organisation's credential that the set is bound to; the adapter opens it in the vault, which checks where it goes. */
  readonly credentialId: string | null;
  /** The adapter's own, as kept with the set. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface ToolSetToDiscover extends ToolSetPlace {
  /** The text that describes the tools, where somebody has just given one. */
  readonly document?: string;
}

/** A tool as the other side tells about it: a stranger's words, checked and cut before they are kept. */
export interface OfferedTool {
  /** Its name over there; what makes it the same tool the next time. */
  readonly remoteName: string;
  readonly description: string;
  /** JSON Schema with an object at the root. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
  readonly outputSchema: Readonly<Record<string, unknown>> | null;
  /** What the other side hints at; people may say otherwise. */
  readonly effect: 'read' | 'write';
  /** Whether the protocol itself promises that the same call may be made twice. */
  readonly repeatable: boolean;
  /** What the adapter needs in order to call it; JSON. */
  readonly definition: Readonly<Record<string, unknown>>;
}

/** Something that the other side offers and that cannot be a tool here. */
export interface LeftOutTool {
  readonly remoteName: string;
  /** In words for people. */
  readonly reason: string;
}

/** A tool of a set that is about to be called. */
export interface CallableTool extends Pick<OfferedTool, 'remoteName' | 'effect' | 'definition'> {
  /** The name in the registry. */
  readonly name: string;
}

export interface ToolSetCall {
  /** Aborted by the tool's time limit and by the end of whoever called. */
  readonly signal: AbortSignal;
  /** The same for every attempt at this call, for services that honour one. */
  readonly idempotencyKey: string;
  /** What people see as the credential's last use. */
  readonly usedBy: string;
  /** To be told when the other side says that its tools are others now: the set is discovered anew soon. */
  onToolsChanged(): void;
}

/** Speaks to one kind of tool set. Sends only through the egress door. */
export interface ToolSetAdapter {
  readonly kind: ToolSetKind;
  /** How long one call may take, in milliseconds; a minute when absent. */
  readonly callMs?: number;
  /**
   * Asks the other side which tools it has.
   * @returns its tools, and what cannot be one with the reason
   * @throws AppError or StepError with words for people; the set is `unreachable` then
   */
  discover(set: ToolSetToDiscover, signal: AbortSignal): Promise<readonly (OfferedTool | LeftOutTool)[]>;
  /**
   * Runs one tool with arguments that fit its schema.
   * @returns JSON
   * @throws StepError with `outcomeUnknown` where a write may have happened, AppError of vault and egress
   */
  call(
    set: ToolSetPlace,
    tool: CallableTool,
    args: Readonly<Record<string, unknown>>,
    call: ToolSetCall,
  ): Promise<unknown>;
}
