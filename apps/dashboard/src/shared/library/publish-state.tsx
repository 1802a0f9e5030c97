import { Badge } from '@/shared/ui/badge';
import type { LibraryItem } from './library-table';

/** Which version is published, and whether the draft has gone on since, for the head of a page. */
export function PublishState({
  publishedVersion,
  hasUnpublishedChanges,
  archivedAt,
}: Pick<LibraryItem, 'publishedVersion' | 'hasUnpublishedChanges' | 'archivedAt'>) {
  return (
    <>
      {archivedAt && <Badge>Archived</Badge>}
      <span>{publishedVersion === null ? 'Not published yet' : `Version ${publishedVersion} is published`}</span>
      {hasUnpublishedChanges && <Badge tone="warning">Unpublished changes</Badge>}
    </>
  );
}
