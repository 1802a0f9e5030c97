import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { invitationsAccept, invitationsShow } from '@/shared/api/generated/operations';
import type { InvitationPreview } from '@/shared/api/generated/schema';
import { FormProblem } from '@/shared/forms/form-problem';
import { MIN_PASSWORD_LENGTH, newPasswordRule, required } from '@/shared/forms/rules';
import { useServerForm } from '@/shared/forms/use-server-form';
import { session } from '@/shared/session/session';
import { Button } from '@/shared/ui/button';
import { ErrorState } from '@/shared/ui/error-state';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { RelativeTime } from '@/shared/ui/relative-time';
import { Skeleton } from '@/shared/ui/skeleton';
import { Entrance, textLink } from './entrance';

const route = getRouteApi('/accept-invitation');

/** Joins an organisation by the link somebody handed over. */
export function AcceptInvitationPage() {
  const { token } = route.useSearch();
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => invitationsShow({ token: token ?? '' }, { signal, anonymous: true }),
    enabled: token !== undefined,
  });
  if (!token) return <Entrance title="This link is not complete" intro="Open the whole link you were given." children={null} />;
  if (invitation.isError) {
    return (
      <Entrance title="Invitation">
        <ErrorState title="This invitation cannot be used" error={invitation.error} />
      </Entrance>
    );
  }
  if (invitation.isPending) {
    return (
      <Entrance title="Invitation">
        <Skeleton className="h-24" />
      </Entrance>
    );
  }
  return <AcceptForm token={token} invitation={invitation.data} />;
}

function AcceptForm({ token, invitation }: { token: string; invitation: InvitationPreview }) {
  const navigate = useNavigate();
  const isNew = !invitation.accountExists;
  const form = useServerForm({ name: '', password: '' }, async ({ name, password }) => {
    const body = { password, ...(isNew && { name: name.trim() }) };
    await session.accept(await invitationsAccept({ token, body }, { anonymous: true }));
    await navigate({ to: '/' });
  });
  return (
    <Entrance
      title={`Join ${invitation.orgName}`}
      intro={
        <>
          As {invitation.role}, with {invitation.email}. The invitation ends <RelativeTime at={invitation.expiresAt} />.
        </>
      }
      footer={
        !isNew && (
          <Link to="/forgot-password" className={textLink}>
            Forgotten your password?
          </Link>
        )
      }
    >
      <form onSubmit={form.submit} noValidate className="flex flex-col gap-4">
        <FormProblem problem={form.problem} />
        <input type="hidden" autoComplete="username" value={invitation.email} readOnly />
        {isNew && (
          <Field label="Your name" error={form.errorOf('name')}>
            {(control) => <Input {...control} autoComplete="name" autoFocus {...form.register('name', required('your name'))} />}
          </Field>
        )}
        <Field
          label={isNew ? 'Choose a password' : 'Your password'}
          error={form.errorOf('password')}
          hint={isNew ? `At least ${MIN_PASSWORD_LENGTH} characters.` : 'You already have an account with this address.'}
        >
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete={isNew ? 'new-password' : 'current-password'}
              {...form.register('password', isNew ? newPasswordRule : required('your password'))}
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
