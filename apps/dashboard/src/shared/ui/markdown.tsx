import type { ReactNode } from 'react';
import ReactMarkdown from 'react-markdown';

/**
 * What a model wrote, set as text. A model is a stranger: HTML stays text, images are not loaded (their address would
 * tell somebody that this was read), and links open elsewhere without knowing where they came from.
 */
export function Markdown({ children }: { children: string }) {
  return (
    <div className="markdown flex min-w-0 flex-col gap-2 break-words">
      <ReactMarkdown skipHtml components={COMPONENTS}>
        {children}
      </ReactMarkdown>
    </div>
  );
}

interface LinkProps {
  href?: string;
  children?: ReactNode;
}

const COMPONENTS = {
  a: ({ href, children }: LinkProps) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" className="text-accent underline">
      {children}
    </a>
  ),
  img: ({ alt, src }: { alt?: string; src?: unknown }) => (
    <span className="text-muted text-sm">[image: {alt || (typeof src === 'string' ? src : 'without a name')}]</span>
  ),
  pre: ({ children }: { children?: ReactNode }) => (
    <pre tabIndex={0} className="bg-sunken overflow-x-auto rounded-md border p-3 text-sm">
      {children}
    </pre>
  ),
  ul: ({ children }: { children?: ReactNode }) => <ul className="list-disc pl-5">{children}</ul>,
  ol: ({ children }: { children?: ReactNode }) => <ol className="list-decimal pl-5">{children}</ol>,
  // The page has a heading of its own; those of an answer stand below it.
  h1: ({ children }: { children?: ReactNode }) => <h3 className="font-semibold">{children}</h3>,
  h2: ({ children }: { children?: ReactNode }) => <h4 className="font-semibold">{children}</h4>,
  h3: ({ children }: { children?: ReactNode }) => <h5 className="font-medium">{children}</h5>,
  blockquote: ({ children }: { children?: ReactNode }) => (
    <blockquote className="border-line text-muted border-l-2 pl-3">{children}</blockquote>
  ),
};
