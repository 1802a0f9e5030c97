import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { TooltipProvider } from '@/shared/ui/tooltip';
import { fieldWords, PayloadView } from './payload-view';

const show = (value: unknown) =>
  render(
    <TooltipProvider>
      <PayloadView value={value} label="payload" />
    </TooltipProvider>,
  );

describe('what somebody has to judge', () => {
  it('stands there as fields with names, nested ones too', () => {
    show({ amountDue: 120, express: true, order: { number: 'A-1' }, note: '' });
    expect(screen.getByText('Amount due').nextElementSibling?.textContent).toBe('120');
    expect(screen.getByText('Express').nextElementSibling?.textContent).toBe('Yes');
    expect(screen.getByText('Number').nextElementSibling?.textContent).toBe('A-1');
    expect(screen.getByText('Note').nextElementSibling?.textContent).toBe('nothing');
  });

  it('shows the first of many items, so that the decision is not far below, and all when asked', () => {
    show(Array.from({ length: 30 }, (_, index) => `item ${index}`));
    expect(screen.getAllByRole('listitem')).toHaveLength(8);
    fireEvent.click(screen.getByRole('button', { name: 'show all 30' }));
    expect(screen.getAllByRole('listitem')).toHaveLength(30);
  });

  it('is JSON when somebody wants that', () => {
    show({ amount: 1 });
    fireEvent.click(screen.getByRole('button', { name: 'Show as JSON' }));
    expect(screen.getByText('amount:')).toBeTruthy();
  });

  it('keeps names that are no words', () => {
    expect(fieldWords('amountDue')).toBe('Amount due');
    expect(fieldWords('order_id')).toBe('Order id');
    expect(fieldWords('X-Request-Id')).toBe('X-Request-Id');
  });
});
