import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names';

const TONES = {
  info: { looks: 'border-line bg-sunken', icon: <Info className="text-accent" /> },
  warning: { looks: 'border-warning/30 bg-warning-soft', icon: <TriangleAlert className="text-warning" /> },
  danger: { looks: 'border-danger/30 bg-danger-soft', icon: <CircleAlert className="text-danger" /> },
};

export interface CalloutProps {
  tone?: keyof typeof TONES;
  title?: string;
  children?: ReactNode;
  /** Announces it when it appears: for the outcome of something just done. */
  announce?: boolean;
  className?: string;
}

/** A remark that belongs to the place where it stands. */
export function Callout({ tone = 'info', title, children, announce, className }: CalloutProps) {
  const { looks, icon } = TONES[tone];
  return (
    <div
      role={announce ? (tone === 'info' ? 'status' : 'alert') : undefined}
      className={classNames('flex gap-2.5 rounded-md border p-3', looks, className)}
    >
      <span aria-hidden className="mt-0.5 shrink-0 [&_svg]:size-4">
        {icon}
      </span>
      <div className="min-w-0 flex-1">
        {title && <p className="font-medium break-words">{title}</p>}
        {children && <div className="break-words">{children}</div>}
      </div>
    </div>
  );
}
