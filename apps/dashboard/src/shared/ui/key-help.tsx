import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { IconButton } from './icon-button';
import { Kbd } from './kbd';
import { floatingLooks } from './popover';
import { useShortcut, useShortcutList } from './shortcuts';

/** The sheet behind `?`: every key that works on this screen. */
export function KeyHelp() {
  const [open, setOpen] = useState(false);
  useShortcut('?', () => setOpen(true), { label: 'Show the keys', group: 'Everywhere' });
  const groups = Map.groupBy(useShortcutList(), (shortcut) => shortcut.group);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen} modal={false}>
      <Dialog.Portal>
        <Dialog.Content
          aria-describedby={undefined}
          tabIndex={-1}
          onOpenAutoFocus={(event) => {
            // On the sheet itself: the close button would greet with its tooltip.
            event.preventDefault();
            (event.currentTarget as HTMLElement).focus();
          }}
          className={`${floatingLooks} fixed top-16 right-4 max-h-[calc(100vh-5rem)] w-80 max-w-[calc(100vw-2rem)] overflow-y-auto p-4 outline-none`}
        >
          <div className="flex items-center justify-between">
            <Dialog.Title className="font-semibold">Keys</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton size="sm" label="Close" icon={<X />} />
            </Dialog.Close>
          </div>
          {[...groups].map(([group, shortcuts]) => (
            <section key={group} className="mt-3">
              <h3 className="text-muted text-sm">{group}</h3>
              <dl>
                {shortcuts.map((shortcut) => (
                  <div key={shortcut.keys} className="flex min-h-7 items-center justify-between gap-4">
                    <dt>{shortcut.label}</dt>
                    <dd>
                      <Kbd keys={shortcut.keys} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
