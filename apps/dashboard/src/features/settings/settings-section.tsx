import { useId, type ReactNode } from 'react';

export interface SettingsSectionProps {
  title: string;
  intro?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** One subject of the settings. */
export function SettingsSection({ title, intro, actions, children }: SettingsSectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mb-10 last:mb-0">
      <div className="mb-3 flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 id={id} className="font-semibold">
            {title}
          </h2>
          {intro && <p className="text-muted max-w-2xl">{intro}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}

/** The frame of a table in the settings. */
export function SettingsBox({ children }: { children: ReactNode }) {
  return <div className="bg-surface overflow-hidden rounded-lg border">{children}</div>;
}
