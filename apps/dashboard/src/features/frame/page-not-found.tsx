import { Link } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { Button } from '@/shared/ui/button';
import { EmptyState } from '@/shared/ui/empty-state';

/** An address that leads nowhere. */
export function PageNotFound() {
  return (
    <EmptyState
      wholePage
      icon={<Compass />}
      title="There is nothing at this address"
      action={
        <Button asChild variant="primary">
          <Link to="/">Go home</Link>
        </Button>
      }
    >
      It may have been archived, belong to another organisation, or be mistyped.
    </EmptyState>
  );
}
