import { Link, useNavigate } from '@tanstack/react-router';
import { authSignup } from '@/shared/api/generated/operations';
import { FormProblem } from '@/shared/forms/form-problem';
import { emailRule, MIN_PASSWORD_LENGTH, newPasswordRule, required } from '@/shared/forms/rules';
import { useServerForm } from '@/shared/forms/use-server-form';
import { session } from '@/shared/session/session';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { Entrance, textLink } from './entrance';

/** A new person with a new organisation. */
export function SignUpPage() {
  const navigate = useNavigate();
  const form = useServerForm(
    { orgName: '', name: '', email: '', password: '' },
    async ({ orgName, name, email, password }) => {
      const body = {
        orgName: orgName.trim(),
        email: email.trim(),
        password,
        ...(name.trim() && { name: name.trim() }),
      };
      await session.accept(await authSignup({ body }, { anonymous: true }));
      await navigate({ to: '/' });
    },
  );
  return (
    <Entrance
      title="Make an account"
      intro="You get an organisation of your own and can invite others later."
      footer={
        <p>
          Already have one?{' '}
          <Link to="/sign-in" className={textLink}>
            Sign in
          </Link>
        </p>
      }
    >
      <form onSubmit={form.submit} noValidate className="flex flex-col gap-4">
        <FormProblem problem={form.problem} />
        <Field label="Organisation" error={form.errorOf('orgName')} required>
          {(control) => (
            <Input
              {...control}
              autoComplete="organization"
              autoFocus
              {...form.register('orgName', required('a name for your organisation'))}
            />
          )}
        </Field>
        <Field label="Your name" error={form.errorOf('name')} required={false}>
          {(control) => <Input {...control} autoComplete="name" {...form.register('name')} />}
        </Field>
        <Field label="E-mail address" error={form.errorOf('email')} required>
          {(control) => (
            <Input {...control} type="email" autoComplete="username" {...form.register('email', emailRule)} />
          )}
        </Field>
        <Field
          label="Password"
          error={form.errorOf('password')}
          hint={`At least ${MIN_PASSWORD_LENGTH} characters.`}
          required
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
          Make account
        </Button>
      </form>
    </Entrance>
  );
}
