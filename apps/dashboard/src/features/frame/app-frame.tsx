import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { KeyHelp } from '@/shared/ui/key-help';
import { OfflineBanner } from '@/shared/ui/offline-banner';
import { useShortcut } from '@/shared/ui/shortcuts';
import { MobileBar } from './mobile-bar';
import { Rail } from './rail';
import { useGoTo } from './use-go-to';

const SearchPalette = lazy(() => import('./search-palette').then((module) => ({ default: module.SearchPalette })));

/** The rail at the left and the content beside it, for everybody who is signed in. */
export function AppFrame() {
  const [searching, setSearching] = useState(false);
  const openSearch = () => setSearching(true);
  useShortcut('mod+k', openSearch, { label: 'Search', group: 'Everywhere' });
  useGoTo();
  return (
    <div className="flex h-full max-md:flex-col">
      <a
        href="#content"
        className="bg-accent text-on-accent fixed top-2 left-2 z-50 -translate-y-20 rounded-md px-3 py-1.5 focus:translate-y-0"
      >
        Skip to content
      </a>
      <Rail onSearch={openSearch} />
      <MobileBar onSearch={openSearch} />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <OfflineBanner />
        <main id="content" tabIndex={-1} className="flex min-h-0 flex-1 flex-col overflow-y-auto outline-none">
          <Outlet />
        </main>
      </div>
      <KeyHelp />
      {searching && (
        <Suspense fallback={null}>
          <SearchPalette onClose={() => setSearching(false)} />
        </Suspense>
      )}
    </div>
  );
}
