import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiProblem } from '@/shared/api/api-problem';
import { authLogin } from '@/shared/api/generated/operations';
import { FormProblem } from '@/shared/forms/form-problem';
import { emailRule, required } from '@/shared/forms/rules';
import { useServerForm } from '@/shared/forms/use-server-form';
import { session } from '@/shared/session/session';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { Entrance, textLink } from './entrance';
import { LinkSignIn } from './link-sign-in';
import { returnAddress } from './return-address';

const route = getRouteApi('/sign-in');

/** E-mail address and password, or the one-time link of `?link=`. */
export function SignInPage() {
  const { link, redirect } = route.useSearch();
  const [givenUp, setGivenUp] = useState(false);
  return link && !givenUp ? (
    <LinkSignIn link={link} redirect={redirect} onGiveUp={() => setGivenUp(true)} />
  ) : (
    <PasswordSignIn redirect={redirect} />
  );
}

function PasswordSignIn({ redirect }: { redirect: string | undefined }) {
  const router = useRouter();
  const [asksForCode, setAsksForCode] = useState(false);
  const form = useServerForm({ email: '', password: '', totp: '' }, async ({ email, password, totp }) => {
    try {
      await session.accept(
        await authLogin(
          { body: { email: email.trim(), password, ...(totp && { totp: totp.trim() }) } },
          { anonymous: true },
        ),
      );
    } catch (error) {
      if (error instanceof ApiProblem && error.code.includes('totp')) setAsksForCode(true);
      throw error;
    }
    router.history.push(returnAddress(redirect));
  });
  return (
    <Entrance
      title="Sign in"
      footer={
        <>
          <p>
            New here?{' '}
            <Link to="/sign-up" className={textLink}>
              Make an account
            </Link>
          </p>
          <p>
            <Link to="/forgot-password" className={textLink}>
              Forgotten your password?
            </Link>
          </p>
        </>
      }
    >
      <form onSubmit={form.submit} noValidate className="flex flex-col gap-4">
        <FormProblem problem={form.problem} />
        <Field label="E-mail address" error={form.errorOf('email')}>
          {(control) => (
            <Input {...control} type="email" autoComplete="username" autoFocus {...form.register('email', emailRule)} />
          )}
        </Field>
        <Field label="Password" error={form.errorOf('password')}>
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="current-password"
              {...form.register('password', required('your password'))}
            />
          )}
        </Field>
        {asksForCode && (
          <Field label="Code from your authenticator" error={form.errorOf('totp')}>
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                autoComplete="one-time-code"
                {...form.register('totp', required('the code'))}
              />
            )}
          </Field>
        )}
        <Button type="submit" variant="primary" pending={form.formState.isSubmitting}>
          Sign in
        </Button>
      </form>
    </Entrance>
  );
}
