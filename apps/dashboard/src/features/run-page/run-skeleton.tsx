import { Skeleton, SkeletonRows } from '@/shared/ui/skeleton';

/** The run page while it is read: as high as the real one, so that nothing jumps. */
export function RunSkeleton() {
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="bg-surface flex h-[92px] shrink-0 flex-col justify-center gap-2.5 border-b px-4 sm:px-6">
        <Skeleton className="h-3 w-40" />
        <Skeleton className="h-4 w-64" />
        <Skeleton className="h-3 w-96 max-w-full" />
      </div>
      <div className="bg-surface h-9 border-b" />
      <div className="bg-surface flex-1">
        <SkeletonRows label="run" rows={10} />
      </div>
    </div>
  );
}
