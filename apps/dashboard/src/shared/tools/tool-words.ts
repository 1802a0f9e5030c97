import type { Tool } from '@/shared/api/generated/schema';
import type { SelectOption } from '@/shared/ui/select';

/** The service that a built-in tool belongs to, as its name says; what is nobody's is general. */
const SERVICES: Record<string, string> = { github: 'GitHub', slack: 'Slack', jira: 'Jira', gmail: 'Gmail' };

/** The organisation's own tools stand together by their set. */
export function groupOf({ name, set }: Pick<Tool, 'name' | 'set'>): string {
  return set?.name ?? SERVICES[name.split('_')[0] ?? ''] ?? 'General';
}

/** What people look for: in the name, the set, and in what it is for. */
export function matches(tool: Pick<Tool, 'name' | 'set' | 'description'>, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const { name, set, description } = tool;
  const text = `${name.replaceAll('_', ' ')} ${name} ${set?.name ?? ''} ${description}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Choices for a list of tools, by group. */
export function toolOptions(
  tools: readonly Tool[],
  labelOf: (tool: Tool) => string = ({ name }) => name,
): SelectOption[] {
  return tools.map((tool) => ({ value: tool.name, label: labelOf(tool), group: groupOf(tool) }));
}
