import type { ToolApproval, ToolSetKind, ToolSetStatus, ToolSetTool } from '@/shared/api/generated/schema';
import type { Tone } from '@/shared/ui/badge';

export const KIND_WORDS: Record<ToolSetKind, string> = { mcp: 'MCP server', openapi: 'OpenAPI document' };

export const STATUS_WORDS: Record<ToolSetStatus, { readonly text: string; readonly tone: Tone }> = {
  ready: { text: 'Ready', tone: 'success' },
  needs_review: { text: 'Needs review', tone: 'warning' },
  unreachable: { text: 'Unreachable', tone: 'danger' },
};

export const STATE_WORDS: Record<ToolSetTool['state'], { readonly text: string; readonly tone: Tone } | null> = {
  reviewed: null,
  new: { text: 'New, review', tone: 'accent' },
  changed: { text: 'Changed, review', tone: 'warning' },
  gone: { text: 'Not offered any more', tone: 'neutral' },
};

export const APPROVALS: readonly { readonly value: ToolApproval; readonly label: string }[] = [
  { value: 'never', label: 'Agents decide' },
  { value: 'onWrite', label: 'Ask before it changes something' },
  { value: 'always', label: 'Ask before each call' },
];

/** Finding out the tools of a server takes as long as the server. */
export const DISCOVERY_MS = 90_000;
