import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { StatusMark, type Status } from './status-mark';

const words: [Status, string][] = [
  ['queued', 'Queued'],
  ['running', 'Running'],
  ['waiting', 'Waiting'],
  ['succeeded', 'Succeeded'],
  ['failed', 'Failed'],
  ['cancelled', 'Cancelled'],
  ['timed_out', 'Timed out'],
  ['interrupted', 'Starts again'],
];

describe('the status mark', () => {
  it.each(words)('says %s as "%s", in words', (status, word) => {
    render(<StatusMark status={status} />);
    expect(screen.getByText(word)).toBeDefined();
  });

  it('has another shape for every status, so that colour is never needed', () => {
    const shapes = words.map(
      ([status]) => render(<StatusMark status={status} />).container.querySelector('svg')?.innerHTML,
    );
    expect(new Set(shapes).size).toBe(words.length);
  });

  it('says what a waiting run waits for', () => {
    render(<StatusMark status="waiting" waitsFor="approval by Ada" />);
    expect(screen.getByText('Waiting for approval by Ada')).toBeDefined();
  });

  it('keeps the word for screen readers when it is hidden', () => {
    render(<StatusMark status="failed" hideWord />);
    expect(screen.getByText('Failed').className).toBe('sr-only');
  });

  it('shows a status it does not know by its name instead of failing', () => {
    render(<StatusMark status="paused" />);
    expect(screen.getByText('paused')).toBeDefined();
  });
});
