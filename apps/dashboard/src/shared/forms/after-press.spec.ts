import { describe, expect, it, vi } from 'vitest';
import { afterPress } from './after-press';

const fire = (name: string) => document.dispatchEvent(new Event(name, { bubbles: true }));

describe('work that may move what is being pressed', () => {
  it('is done at once while nothing is pressed', () => {
    const work = vi.fn();
    afterPress(work);
    expect(work).toHaveBeenCalledOnce();
  });

  it.each(['pointerup', 'pointercancel'])('waits while something is pressed and is done after %s', async (end) => {
    const work = vi.fn();
    fire('pointerdown');
    afterPress(work);
    fire(end);
    expect(work).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(work).toHaveBeenCalledOnce());
  });
});
