import { Command } from 'cmdk';
import { useEffect, useRef, type ReactNode } from 'react';
import { classNames } from '@/shared/ui/class-names';
import { floatingLooks } from '@/shared/ui/popover';

export interface Choice {
  id: string;
  title: string;
  /** One sentence. */
  description?: string;
  icon?: ReactNode;
  /** More words by which it is found. */
  keywords?: string[];
  choose: () => void;
}

export interface ChooseListProps {
  label: string;
  placeholder: string;
  groups: readonly { heading: string; choices: readonly Choice[] }[];
  /** Corner in pixels inside the positioned parent; in the middle of its top when absent. */
  corner?: { x: number; y: number };
  empty: string;
  onClose: () => void;
}

const WIDTH = 340;
const HEIGHT = 380;

/** A searchable list that floats over the canvas; arrows and Enter choose, Escape and a press elsewhere close it. */
export function ChooseList({ label, placeholder, groups, corner, empty, onClose }: ChooseListProps) {
  const box = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const before = document.activeElement;
    const closeOutside = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) close.current();
    };
    document.addEventListener('pointerdown', closeOutside, true);
    const own = box.current;
    return () => {
      document.removeEventListener('pointerdown', closeOutside, true);
      // What is chosen may have taken the focus already.
      const isFree = document.activeElement === document.body || own?.contains(document.activeElement) === true;
      if (isFree && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <div
      ref={box}
      role="dialog"
      aria-label={label}
      style={corner && placeInside(corner)}
      className={classNames(floatingLooks, 'absolute overflow-hidden', !corner && 'top-3 left-1/2 -translate-x-1/2')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <Command
        label={label}
        loop
        filter={rank}
        className="flex flex-col"
        style={{ width: `min(${WIDTH}px, calc(100vw - 2rem))` }}
      >
        <Command.Input
          autoFocus
          placeholder={placeholder}
          className="h-10 w-full border-b bg-transparent px-3 outline-none"
        />
        <Command.List className="overflow-y-auto p-1" style={{ maxHeight: HEIGHT - 48 }}>
          <Command.Empty className="text-muted p-4 text-center">{empty}</Command.Empty>
          {groups.map(
            (group) =>
              group.choices.length > 0 && (
                <Command.Group
                  key={group.heading}
                  heading={group.heading}
                  className="[&_[cmdk-group-heading]]:text-muted [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-xs"
                >
                  {group.choices.map((choice) => (
                    <Command.Item
                      key={choice.id}
                      value={choice.id}
                      keywords={[choice.title, choice.description ?? '', ...(choice.keywords ?? [])]}
                      onSelect={choice.choose}
                      className="data-[selected=true]:bg-hover flex min-h-8 items-start gap-2.5 rounded-sm px-2 py-1.5 [&_svg]:size-4 [&_svg]:shrink-0"
                    >
                      {choice.icon && <span className="text-muted mt-0.5">{choice.icon}</span>}
                      <span className="min-w-0">
                        <span className="block truncate">{choice.title}</span>
                        {choice.description && <span className="text-muted block text-sm">{choice.description}</span>}
                      </span>
                    </Command.Item>
                  ))}
                </Command.Group>
              ),
          )}
        </Command.List>
      </Command>
    </div>
  );
}

/** Whole words as they are typed, beginnings of the title first; letters strewn over a sentence are no match. */
function rank(_value: string, search: string, [title = '', ...more]: string[] = []): number {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const text = [title, ...more].join(' ').toLowerCase();
  if (!words.every((word) => text.includes(word))) return 0;
  const first = words[0] ?? '';
  return title.toLowerCase().startsWith(first) ? 1 : title.toLowerCase().includes(first) ? 0.8 : 0.5;
}

/** Keeps the whole list inside of the canvas, wherever the pointer was. */
function placeInside({ x, y }: { x: number; y: number }): React.CSSProperties {
  return {
    left: `max(8px, min(${x}px, calc(100% - ${WIDTH + 8}px)))`,
    top: `max(8px, min(${y}px, calc(100% - ${HEIGHT + 8}px)))`,
  };
}
