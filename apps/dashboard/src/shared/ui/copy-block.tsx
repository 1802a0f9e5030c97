import { useId } from 'react';
import { CopyButton } from './copy-button';

export interface CopyBlockProps {
  /** What it is, for screen readers and the tooltip of the button: "Command". */
  name: string;
  text: string;
  /** Stands above it and names it, where there are several. */
  title?: string;
}

/** A text as it must be pasted somewhere else, with a button that copies it. */
export function CopyBlock({ name, text, title }: CopyBlockProps) {
  const id = useId();
  return (
    <div className="max-w-full min-w-0">
      {title && (
        <h3 id={id} className="mb-1 text-sm font-medium">
          {title}
        </h3>
      )}
      <div className="bg-sunken relative w-full max-w-full rounded-md border">
        <pre
          tabIndex={0}
          aria-label={title ? undefined : name}
          aria-labelledby={title ? id : undefined}
          className="overflow-x-auto p-3 pr-10 text-sm"
        >
          {text}
        </pre>
        <div className="bg-sunken absolute top-1.5 right-1.5 rounded-md">
          <CopyButton text={text} label={name.toLowerCase()} />
        </div>
      </div>
    </div>
  );
}
