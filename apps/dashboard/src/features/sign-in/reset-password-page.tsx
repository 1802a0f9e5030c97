import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { authResetPassword } from '@/shared/api/generated/operations';
import { FormProblem } from '@/shared/forms/form-problem';
import { MIN_PASSWORD_LENGTH, newPasswordRule } from '@/shared/forms/rules';
import { useServerForm } from '@/shared/forms/use-server-form';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { Entrance, textLink } from './entrance';

const route = getRouteApi('/reset-password');

/** Chooses a new password with the token from the mail. */
export function ResetPasswordPage() {
  const { token } = route.useSearch();
  const [done, setDone] = useState(false);
  const form = useServerForm({ password: '' }, async ({ password }) => {
    await authResetPassword({ body: { token: token ?? '', password } }, { anonymous: true });
    setDone(true);
  });
  if (!token) {
    return (
      <Entrance title="This link is not complete">
        <p>
          Open the whole link from the mail, or{' '}
          <Link to="/forgot-password" className={textLink}>
            ask for a new one
          </Link>
          .
        </p>
      </Entrance>
    );
  }
  if (done) {
    return (
      <Entrance title="Your password is changed">
        <Callout announce>Every other session was signed out.</Callout>
        <Button asChild variant="primary" className="mt-4">
          <Link to="/sign-in">Sign in</Link>
        </Button>
      </Entrance>
    );
  }
  return (
    <Entrance title="Choose a new password">
      <form onSubmit={form.submit} noValidate className="flex flex-col gap-4">
        <FormProblem problem={form.problem} />
        <Field
          label="New password"
          error={form.errorOf('password')}
          hint={`At least ${MIN_PASSWORD_LENGTH} characters.`}
        >
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="new-password"
              autoFocus
              {...form.register('password', newPasswordRule)}
            />
          )}
        </Field>
        <Button type="submit" variant="primary" pending={form.formState.isSubmitting}>
          Change password
        </Button>
      </form>
    </Entrance>
  );
}
