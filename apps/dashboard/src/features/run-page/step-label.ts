import type { TimelineStep } from '@/shared/live/execution-timeline';

/** What people call a step: its name, or what the end of its path says. Counting begins at 1 for people. */
export function stepLabel({ path, kind, name, port }: Pick<TimelineStep, 'path' | 'kind' | 'name' | 'port'>): string {
  const parts = path.split('/');
  const [last = path, again] = (parts.at(-1) ?? path).split('~');
  const suffix = again === undefined ? '' : `, try ${again}`;
  if (parts.length > 1 && isNumber(last)) {
    if (kind === 'loop' && port === 'done') return 'End of the loop';
    if (kind === 'loop') return `Round ${Number(last) + 1}${suffix}`;
    // A tool call is numbered in its turn; everything else that is numbered is an item.
    if (parts.at(-2) !== 'tool') return `${name ? `${name} ` : 'Item '}${Number(last) + 1}${suffix}`;
  }
  if (name) return `${name}${suffix}`;
  const turn = turnOf(parts);
  return turn === null ? `${last}${suffix}` : `Turn ${turn + 1}: ${turnPart(parts)}${suffix}`;
}

/** `agent/2/model` and `agent/2/tool/0` belong to a turn. */
function turnOf(parts: readonly string[]): number | null {
  const index = parts.findLastIndex((part) => part === 'model' || part === 'tool');
  const turn = parts[index - 1];
  return index > 1 && turn !== undefined && isNumber(turn) ? Number(turn) : null;
}

function turnPart(parts: readonly string[]): string {
  const index = parts.findLastIndex((part) => part === 'model' || part === 'tool');
  return parts[index] === 'model' ? 'model' : 'tool call';
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text);
}
