import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { ApiProblem } from '@/shared/api/api-problem';
import { credentialsCompleteSignIn } from '@/shared/api/generated/operations';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { PageHeader } from '@/shared/ui/page-header';
import { CREDENTIALS } from '@/shared/credentials/credential-queries';

const route = getRouteApi('/signed-in/credentials/connected');

type Outcome = { state: 'asking' } | { state: 'connected'; name: string } | { state: 'failed'; message: string };

/** Where services send people back after they have signed in. What came back works once, so it is sent once. */
export function ConnectedPage() {
  const { state, code, error } = route.useSearch();
  const navigate = route.useNavigate();
  const queryClient = useQueryClient();
  const sent = useRef(false);
  const [outcome, setOutcome] = useState<Outcome>(
    state ? { state: 'asking' } : { state: 'failed', message: 'This address is not complete. Connect again.' },
  );
  useEffect(() => {
    if (!state || sent.current) return;
    sent.current = true;
    credentialsCompleteSignIn({ body: { state, code, error } })
      .then(({ name }) => {
        setOutcome({ state: 'connected', name });
        void queryClient.invalidateQueries({ queryKey: CREDENTIALS });
      })
      .catch((problem: unknown) =>
        setOutcome({
          state: 'failed',
          message: problem instanceof ApiProblem ? problem.message : 'The sign-in could not be completed.',
        }),
      )
      // A code stays in no history, although it is worth nothing any more.
      .finally(() => void navigate({ search: {}, replace: true }));
  }, [state, code, error, navigate, queryClient]);
  return (
    <>
      <PageHeader title="Connect a credential" />
      <div className="flex w-full max-w-2xl flex-col items-start gap-4 p-4 sm:p-6">
        {outcome.state === 'asking' && <p role="status">Completing the sign-in…</p>}
        {outcome.state === 'connected' && (
          <Callout announce title={`“${outcome.name}” is connected`}>
            Agents can use it now. The sign-in is renewed by itself.
          </Callout>
        )}
        {outcome.state === 'failed' && (
          <Callout tone="danger" announce title="The sign-in was not completed">
            {outcome.message}
          </Callout>
        )}
        {outcome.state !== 'asking' && (
          <Button asChild variant="primary">
            <Link to="/credentials">To the credentials</Link>
          </Button>
        )}
      </div>
    </>
  );
}
