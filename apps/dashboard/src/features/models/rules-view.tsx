import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState } from '@/shared/ui/error-state';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { policyQuery } from './model-queries';
import { RulesForm } from './rules-form';

/** What the organisation has decided about models. */
export function RulesView() {
  const policy = useQuery(policyQuery());
  /** Goes up when what was typed is dropped. */
  const [round, setRound] = useState(0);
  if (policy.isPending) return <SkeletonRows label="rules" rows={5} />;
  if (policy.isError) {
    return (
      <ErrorState title="The rules could not be loaded" error={policy.error} onRetry={() => void policy.refetch()} />
    );
  }
  const showTheirs = () => void policy.refetch().then(() => setRound(round + 1));
  return <RulesForm key={round} policy={policy.data} onShowTheirs={showTheirs} />;
}
