import { ArrowDownToLine } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { Button } from '@/shared/ui/button';
import { useKeepAtEnd } from './use-keep-at-end';

export interface FollowingTextProps {
  /** What it is, for screen readers. */
  label: string;
  text: string;
  /** More text is coming. */
  growing: boolean;
  /** Stands above the text and scrolls with it. */
  children?: ReactNode;
}

/** Text that may still grow: what is being read stays where it is, and only a reader at the end is taken along. */
export function FollowingText({ label, text, growing, children }: FollowingTextProps) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useKeepAtEnd(box, text.length, growing);
  const [away, setAway] = useState(false);
  const toTheEnd = () => box.current?.scrollTo({ top: box.current.scrollHeight });
  return (
    <div className="relative h-full">
      <div
        ref={box}
        role="region"
        aria-label={label}
        tabIndex={0}
        className="h-full overflow-y-auto max-lg:max-h-[60vh] focus-visible:outline-offset-[-2px]"
        onScroll={() => setAway(!atEnd.current)}
      >
        {children}
        <p className="p-4 break-words whitespace-pre-wrap">
          {text}
          {growing && (
            <span aria-hidden className="bg-accent quiet-pulse ml-0.5 inline-block h-4 w-1.5 align-text-bottom" />
          )}
        </p>
      </div>
      {growing && away && (
        <Button size="sm" icon={<ArrowDownToLine />} className="absolute right-4 bottom-3" onClick={toTheEnd}>
          Follow the text
        </Button>
      )}
    </div>
  );
}
