import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { ApiProblem } from '@/shared/api/api-problem';
import { authVerifyEmail } from '@/shared/api/generated/operations';
import { session } from '@/shared/session/session';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { Entrance } from './entrance';

const route = getRouteApi('/verify-email');

/** Confirms an e-mail address with the token from the mail; sent once, because it works once. */
export function VerifyEmailPage() {
  const { token } = route.useSearch();
  const sent = useRef(false);
  const [outcome, setOutcome] = useState<'checking' | 'confirmed' | { problem: string }>(
    token ? 'checking' : { problem: 'This link is not complete. Open the whole link from the mail.' },
  );
  useEffect(() => {
    if (!token || sent.current) return;
    sent.current = true;
    authVerifyEmail({ body: { token } }, { anonymous: true })
      .then(async () => {
        setOutcome('confirmed');
        if (session.current().status === 'signed-in') await session.loadMe();
      })
      .catch((error: unknown) =>
        setOutcome({ problem: error instanceof ApiProblem ? error.message : 'The link could not be checked.' }),
      );
  }, [token]);
  const title =
    outcome === 'checking'
      ? 'Checking the link'
      : outcome === 'confirmed'
        ? 'Your e-mail address is confirmed'
        : 'This link does not work';
  return (
    <Entrance title={title}>
      {typeof outcome === 'object' && (
        <Callout tone="danger" announce>
          {outcome.problem}
        </Callout>
      )}
      {outcome !== 'checking' && (
        <Button asChild variant="primary" className="mt-4">
          <Link to="/">Open AgentFlow</Link>
        </Button>
      )}
    </Entrance>
  );
}
