import { SkeletonRows } from '@/shared/ui/skeleton';

/** While the code of a page is on its way. */
export function PagePending() {
  return (
    <div className="p-6">
      <SkeletonRows label="page" />
    </div>
  );
}
