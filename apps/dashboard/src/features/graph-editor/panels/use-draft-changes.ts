import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { versionsDiff } from '@/shared/api/generated/operations';
import type { VersionDiff } from '@/shared/api/generated/schema';

/** What publishing would change, as of a saved revision of the draft. Nothing is asked while `published` is null: all of it is new then. */
export function useDraftChanges(
  agentId: string,
  published: number | null,
  revision: number,
): UseQueryResult<VersionDiff> {
  return useQuery({
    queryKey: ['agents', 'diff', agentId, published, 'draft', revision],
    queryFn: ({ signal }) => versionsDiff({ id: agentId, a: String(published), b: 'draft' }, { signal }),
    enabled: published !== null,
    placeholderData: keepPreviousData,
  });
}
