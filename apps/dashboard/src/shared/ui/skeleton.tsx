import { classNames } from './class-names';

/** A grey bar in the place of what is loading; appears after 150 ms. Give it the height of the real thing. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={classNames('show-late bg-line block h-4 rounded-sm', className)} />;
}

/** Rows in the place of a table or list that is loading. */
export function SkeletonRows({ rows = 8, label }: { rows?: number; label: string }) {
  return (
    <div role="status" aria-label={`Loading ${label}`}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="flex h-9 items-center gap-6 border-b px-3 last:border-b-0">
          <Skeleton className="h-3 w-1/4" />
          <Skeleton className="h-3 w-20" />
          <Skeleton className="ml-auto h-3 w-16" />
        </div>
      ))}
    </div>
  );
}
