import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { toolSetsGet, toolSetsList } from '@/shared/api/generated/operations';
import type { ToolSetDetail } from '@/shared/api/generated/schema';
import { toolsQuery } from '@/shared/api/queries';

/** What the keys of everything about tool sets begin with. */
export const TOOL_SETS = ['tool-sets'] as const;

export const toolSetsQuery = () =>
  queryOptions({ queryKey: [...TOOL_SETS, 'list'], queryFn: ({ signal }) => toolSetsList({ signal }) });

export const toolSetQuery = (id: string) =>
  queryOptions({ queryKey: [...TOOL_SETS, 'one', id], queryFn: ({ signal }) => toolSetsGet({ id }, { signal }) });

/** Shows a set as the server has just answered it, here and wherever its tools are listed. */
export function keepToolSet(client: QueryClient, set: ToolSetDetail): void {
  client.setQueryData(toolSetQuery(set.id).queryKey, set);
  void client.invalidateQueries({ queryKey: toolSetsQuery().queryKey });
  void client.invalidateQueries({ queryKey: toolsQuery().queryKey });
}
