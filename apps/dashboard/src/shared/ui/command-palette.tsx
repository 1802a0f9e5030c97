import { Command as Cmdk } from 'cmdk';
import type { ReactNode } from 'react';
import { Kbd } from './kbd';
import { floatingLooks } from './popover';

export interface Command {
  id: string;
  group: string;
  label: string;
  icon?: ReactNode;
  keys?: string;
  run: () => unknown;
}

export interface CommandPaletteProps {
  commands: readonly Command[];
  text: string;
  onTextChange: (text: string) => void;
  onClose: () => void;
}

const GROUP_LOOKS =
  '[&_[cmdk-group-heading]]:text-muted [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-sm';

/** Search over everything one can go to or do; arrows and Enter choose. */
export function CommandPalette({ commands, text, onTextChange, onClose }: CommandPaletteProps) {
  const choose = (command: Command) => {
    onClose();
    void command.run();
  };
  return (
    <Cmdk.Dialog
      open
      label="Search"
      onOpenChange={(open) => !open && onClose()}
      overlayClassName="fixed inset-0 z-40 bg-[oklch(0.15_0.01_255/0.35)]"
      contentClassName={`${floatingLooks} fixed top-[12vh] left-1/2 w-[min(36rem,calc(100vw-1.5rem))] -translate-x-1/2 overflow-hidden`}
    >
      <Cmdk.Input
        value={text}
        onValueChange={onTextChange}
        placeholder="Search agents, runs and places, or paste a run id"
        className="h-11 w-full border-b bg-transparent px-4 outline-none"
      />
      <Cmdk.List className="max-h-[min(24rem,60vh)] overflow-y-auto p-1">
        <Cmdk.Empty className="text-muted p-4 text-center">Nothing matches “{text}”.</Cmdk.Empty>
        {[...Map.groupBy(commands, (command) => command.group)].map(([group, members]) => (
          <Cmdk.Group key={group} heading={group} className={GROUP_LOOKS}>
            {members.map((command) => (
              <Cmdk.Item
                key={command.id}
                value={`${command.label} ${command.id}`}
                onSelect={() => choose(command)}
                className="data-[selected=true]:bg-hover flex h-8 items-center gap-2.5 rounded-sm px-2 [&_svg]:size-4 [&_svg]:shrink-0"
              >
                <span className="text-muted">{command.icon}</span>
                <span className="flex-1 truncate">{command.label}</span>
                {command.keys && <Kbd keys={command.keys} />}
              </Cmdk.Item>
            ))}
          </Cmdk.Group>
        ))}
      </Cmdk.List>
    </Cmdk.Dialog>
  );
}
