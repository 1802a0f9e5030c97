import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { useShortcut, useShortcutList } from './shortcuts';

interface PageProps {
  onSearch?: () => void;
  onRuns?: () => void;
  onNext?: () => void;
}

const nothing = () => {};

function Page({ onSearch = nothing, onRuns = nothing, onNext = nothing }: PageProps) {
  useShortcut('mod+k', onSearch, { label: 'Search', group: 'Everywhere' });
  useShortcut('g r', onRuns, { label: 'Go to runs', group: 'Go to' });
  useShortcut('j', onNext, { label: 'Next row', group: 'Lists' });
  return (
    <>
      <input aria-label="Name" />
      <div role="dialog">
        <button type="button">Close</button>
      </div>
      <p>
        {useShortcutList()
          .map((shortcut) => shortcut.label)
          .join(', ')}
      </p>
    </>
  );
}

describe('keys', () => {
  it('run what they are bound to, two in a row as well', () => {
    const onRuns = vi.fn();
    render(<Page onRuns={onRuns} />);
    fireEvent.keyDown(document.body, { key: 'g' });
    fireEvent.keyDown(document.body, { key: 'r' });
    expect(onRuns).toHaveBeenCalledOnce();
  });

  it('do nothing while somebody types or stands in a dialog, except with Ctrl or ⌘', () => {
    const onNext = vi.fn();
    const onSearch = vi.fn();
    render(<Page onNext={onNext} onSearch={onSearch} />);
    fireEvent.keyDown(screen.getByLabelText('Name'), { key: 'j' });
    fireEvent.keyDown(screen.getByText('Close'), { key: 'j' });
    expect(onNext).not.toHaveBeenCalled();
    fireEvent.keyDown(screen.getByLabelText('Name'), { key: 'k', ctrlKey: true });
    expect(onSearch).toHaveBeenCalledOnce();
  });

  it('are listed for the ? sheet only while their screen is there', () => {
    const onNext = vi.fn();
    const page = render(<Page onNext={onNext} />);
    expect(screen.getByText('Search, Go to runs, Next row')).toBeDefined();
    page.unmount();
    fireEvent.keyDown(document.body, { key: 'j' });
    expect(onNext).not.toHaveBeenCalled();
  });
});
