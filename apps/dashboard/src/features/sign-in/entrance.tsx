import type { ReactNode } from 'react';

export interface EntranceProps {
  title: string;
  /** One sentence under the title. */
  intro?: ReactNode;
  children: ReactNode;
  /** Links to the other ways in. */
  footer?: ReactNode;
}

/** The frame of the screens before one is signed in. */
export function Entrance({ title, intro, children, footer }: EntranceProps) {
  return (
    <main className="flex min-h-full flex-col items-center px-4 pt-[12vh] pb-12">
      <div className="w-full max-w-sm">
        <div className="mb-8 flex items-center gap-2.5">
          <img src="/favicon.svg" alt="" className="size-7" />
          <span className="text-lg font-semibold">AgentFlow</span>
        </div>
        <h1 className="text-xl font-semibold">{title}</h1>
        {intro && <p className="text-muted mt-1">{intro}</p>}
        <div className="mt-6">{children}</div>
        {footer && <div className="text-muted mt-6 flex flex-col gap-1">{footer}</div>}
      </div>
    </main>
  );
}

/** Looks of a link within a sentence. */
export const textLink = 'text-accent underline underline-offset-2 hover:text-accent-strong';
