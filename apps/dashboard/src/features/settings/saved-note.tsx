import { Check } from 'lucide-react';

/** Says beside a button that what was typed is kept. */
export function SavedNote({ shown, children = 'Saved' }: { shown: boolean; children?: string }) {
  return (
    <span role="status" className="text-success inline-flex items-center gap-1.5">
      {shown && (
        <>
          <Check aria-hidden className="size-4" />
          {children}
        </>
      )}
    </span>
  );
}
