import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { authForgotPassword } from '@/shared/api/generated/operations';
import { FormProblem } from '@/shared/forms/form-problem';
import { emailRule } from '@/shared/forms/rules';
import { useServerForm } from '@/shared/forms/use-server-form';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { Entrance, textLink } from './entrance';

/** Asks for a mail with a link to choose a new password. */
export function ForgotPasswordPage() {
  const [sentTo, setSentTo] = useState<string | null>(null);
  const form = useServerForm({ email: '' }, async ({ email }) => {
    await authForgotPassword({ body: { email: email.trim() } }, { anonymous: true });
    setSentTo(email.trim());
  });
  return (
    <Entrance
      title="Forgotten password"
      intro="We send you a link to choose a new one."
      footer={
        <Link to="/sign-in" className={textLink}>
          Back to signing in
        </Link>
      }
    >
      {sentTo ? (
        <Callout announce title="Look at your mail">
          If there is an account for {sentTo}, a link is on its way. It works for a short time. On a machine without
          mail, the server writes it to its outbox.
        </Callout>
      ) : (
        <form onSubmit={form.submit} noValidate className="flex flex-col gap-4">
          <FormProblem problem={form.problem} />
          <Field label="E-mail address" error={form.errorOf('email')}>
            {(control) => (
              <Input
                {...control}
                type="email"
                autoComplete="username"
                autoFocus
                {...form.register('email', emailRule)}
              />
            )}
          </Field>
          <Button type="submit" variant="primary" pending={form.formState.isSubmitting}>
            Send link
          </Button>
        </form>
      )}
    </Entrance>
  );
}
