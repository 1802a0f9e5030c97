import { type ReactNode, useEffect, useState } from 'react';
import { Input } from '@/shared/ui/input';
import { PageHeader } from '@/shared/ui/page-header';
import { Switch } from '@/shared/ui/switch';

const TYPING_PAUSE_MS = 250;

/** What the address of a library's page says: which of its things are shown. */
export interface LibrarySearch {
  search?: string | undefined;
  archived?: boolean | undefined;
}

export interface LibraryPageProps {
  title: string;
  /** What the search looks at, for those who do not see the page. */
  searchLabel: string;
  placeholder: string;
  shown: LibrarySearch;
  /** Called a moment after the last key, and at once for the switch. */
  onShow: (shown: LibrarySearch) => void;
  actions: ReactNode;
  /** Between filter and list, for what has just gone wrong. */
  notice?: ReactNode;
  children: (clear: () => void) => ReactNode;
}

/** A page of things that have drafts and versions: title, search, what is archived, and the list. */
export function LibraryPage(props: LibraryPageProps) {
  const { title, searchLabel, placeholder, shown, onShow, actions, notice, children } = props;
  const [typed, setTyped] = useState(shown.search ?? '');
  useEffect(() => {
    if (typed === (shown.search ?? '')) return;
    const timer = setTimeout(() => onShow({ ...shown, search: typed || undefined }), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, shown, onShow]);
  const clear = () => {
    setTyped('');
    onShow({});
  };
  return (
    <>
      <PageHeader title={title} actions={actions} />
      <div className="flex flex-wrap items-center gap-4 border-b px-4 py-2.5 sm:px-6">
        <Input
          type="search"
          aria-label={searchLabel}
          placeholder={placeholder}
          className="max-w-72"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Switch
          label="Archived"
          checked={shown.archived ?? false}
          onChange={(checked) => onShow({ ...shown, archived: checked || undefined })}
        />
      </div>
      {notice}
      <div className="bg-surface flex-1">{children(clear)}</div>
    </>
  );
}
