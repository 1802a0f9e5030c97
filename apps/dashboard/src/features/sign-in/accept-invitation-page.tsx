import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { ApiProblem } from '@/shared/api/api-problem';
import { authSignup, invitationsAccept, invitationsShow } from '@/shared/api/generated/operations';
import type { InvitationPreview } from '@/shared/api/generated/schema';
import { FormProblem } from '@/shared/forms/form-problem';
import { MIN_PASSWORD_LENGTH, newPasswordRule, required } from '@/shared/forms/rules';
import { useServerForm } from '@/shared/forms/use-server-form';
import { session } from '@/shared/session/session';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { Skeleton } from '@/shared/ui/skeleton';
import { Entrance, textLink } from './entrance';

const route = getRouteApi('/accept-invitation');

/** Joins an organisation by the link somebody handed over: with the account that has this address, or with a new one. */
export function AcceptInvitationPage() {
  const { token } = route.useSearch();
  const state = useSyncExternalStore(session.subscribe, session.current);
  useEffect(() => {
    void session.start().catch(() => undefined);
  }, []);
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => invitationsShow({ token: token ?? '' }, { signal, anonymous: true }),
    enabled: token !== undefined,
  });
  if (!token)
    return <Entrance title="This link is not complete" intro="Open the whole link you were given." children={null} />;
  if (invitation.isError) {
    return (
      <Entrance title="This invitation cannot be used">
        <Callout tone="danger" announce>
          {invitation.error.message} An invitation works once and for some days; ask whoever invited you for a new one.
        </Callout>
      </Entrance>
    );
  }
  if (invitation.isPending || state.status === 'unknown') {
    return (
      <Entrance title="Invitation">
        <Skeleton className="h-24" />
      </Entrance>
    );
  }
  const signedInAs = state.status === 'signed-in' ? state.me.user.email : null;
  if (signedInAs?.toLowerCase() === invitation.data.email.toLowerCase())
    return <JoinAs token={token} invitation={invitation.data} />;
  return <SignUpToJoin token={token} invitation={invitation.data} otherAccount={signedInAs} />;
}

function JoinAs({ token, invitation }: { token: string; invitation: InvitationPreview }) {
  const navigate = useNavigate();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const join = async () => {
    setPending(true);
    try {
      await session.accept(await invitationsAccept({ token }));
      await navigate({ to: '/' });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
      setPending(false);
    }
  };
  return (
    <Entrance title={`Join ${invitation.orgName}`} intro={<>You are signed in as {invitation.email}.</>}>
      <FormProblem problem={problem} />
      <Button variant="primary" pending={pending} onClick={() => void join()}>
        Join {invitation.orgName}
      </Button>
    </Entrance>
  );
}

interface SignUpToJoinProps {
  token: string;
  invitation: InvitationPreview;
  /** Who is signed in instead of the invited person, if anybody. */
  otherAccount: string | null;
}

function SignUpToJoin({ token, invitation, otherAccount }: SignUpToJoinProps) {
  const navigate = useNavigate();
  const form = useServerForm({ name: '', password: '' }, async ({ name, password }) => {
    const body = { email: invitation.email, name: name.trim(), password, invitationToken: token };
    await session.accept(await authSignup({ body }, { anonymous: true }));
    await navigate({ to: '/' });
  });
  return (
    <Entrance
      title={`Join ${invitation.orgName}`}
      intro={
        <>
          This invitation is for {invitation.email}
          {otherAccount && <>; you are signed in as {otherAccount}</>}.
        </>
      }
      footer={
        <Link to="/sign-in" search={{ redirect: `/accept-invitation?token=${token}` }} className={textLink}>
          I have an account with this address
        </Link>
      }
    >
      <form onSubmit={form.submit} noValidate className="flex flex-col gap-4">
        <FormProblem problem={form.problem} />
        <input type="hidden" autoComplete="username" value={invitation.email} readOnly />
        <Field label="Your name" error={form.errorOf('name')}>
          {(control) => (
            <Input {...control} autoComplete="name" autoFocus {...form.register('name', required('your name'))} />
          )}
        </Field>
        <Field
          label="Choose a password"
          error={form.errorOf('password')}
          hint={`At least ${MIN_PASSWORD_LENGTH} characters.`}
        >
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="new-password"
              {...form.register('password', newPasswordRule)}
            />
          )}
        </Field>
        <Button type="submit" variant="primary" pending={form.formState.isSubmitting}>
          Join {invitation.orgName}
        </Button>
      </form>
    </Entrance>
  );
}
