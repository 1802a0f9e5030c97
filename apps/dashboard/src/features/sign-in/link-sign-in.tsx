import { useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { ApiProblem } from '@/shared/api/api-problem';
import { authLink } from '@/shared/api/generated/operations';
import { session } from '@/shared/session/session';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { Entrance } from './entrance';
import { returnAddress } from './return-address';

export interface LinkSignInProps {
  link: string;
  redirect: string | undefined;
  /** To the form with e-mail address and password. */
  onGiveUp: () => void;
}

/** Spends a one-time link. It works once, so it is sent once, whatever React renders twice. */
export function LinkSignIn({ link, redirect, onGiveUp }: LinkSignInProps) {
  const router = useRouter();
  const spent = useRef(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (spent.current) return;
    spent.current = true;
    authLink({ body: { token: link } }, { anonymous: true })
      .then((answer) => session.accept(answer))
      .then(() => router.history.replace(returnAddress(redirect)))
      .catch((error: unknown) =>
        setProblem(error instanceof ApiProblem ? error.message : 'The link could not be checked.'),
      );
  }, [link, redirect, router]);
  return (
    <Entrance
      title={problem ? 'This link does not sign in' : 'Signing you in'}
      intro={problem ? undefined : 'One moment.'}
    >
      {problem && (
        <div className="flex flex-col items-start gap-4">
          <Callout tone="danger" announce>
            {problem} A one-time link works once and for a short time; starting AgentFlow again prints a new one.
          </Callout>
          <Button variant="primary" onClick={onGiveUp}>
            Sign in with a password
          </Button>
        </div>
      )}
    </Entrance>
  );
}
