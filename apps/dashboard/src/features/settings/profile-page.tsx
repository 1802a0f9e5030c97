import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { signOut } from '@/features/frame/switch-org';
import { authChangePassword } from '@/shared/api/generated/operations';
import { FormProblem } from '@/shared/forms/form-problem';
import { MIN_PASSWORD_LENGTH, newPasswordRule } from '@/shared/forms/rules';
import { useServerForm } from '@/shared/forms/use-server-form';
import { useMe } from '@/shared/session/use-session';
import { chooseTheme, useThemePreference, type ThemePreference } from '@/shared/theme';
import { Badge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { ConfirmDialog } from '@/shared/ui/confirm-dialog';
import { Field } from '@/shared/ui/field';
import { IdChip } from '@/shared/ui/id-chip';
import { Input } from '@/shared/ui/input';
import { Select } from '@/shared/ui/select';
import { SavedNote } from './saved-note';
import { SettingsSection } from './settings-section';

/** The person who is signed in: who they are, how it looks, their password, their sessions. */
export function ProfilePage() {
  const { user } = useMe();
  return (
    <>
      <SettingsSection title="You">
        <dl className="grid max-w-xl grid-cols-[8rem_1fr] gap-y-2">
          <dt className="text-muted">Name</dt>
          <dd>{user.name ?? <span className="text-muted">Not given</span>}</dd>
          <dt className="text-muted">E-mail address</dt>
          <dd className="flex flex-wrap items-center gap-2 break-all">
            {user.email}{' '}
            {user.emailVerified ? <Badge tone="success">Confirmed</Badge> : <Badge tone="warning">Not confirmed</Badge>}
          </dd>
          <dt className="text-muted">Id</dt>
          <dd>
            <IdChip id={user.id} label="your id" />
          </dd>
        </dl>
      </SettingsSection>
      <SettingsSection title="Appearance">
        <ThemeChoice />
      </SettingsSection>
      <SettingsSection title="Password" intro="Changing it signs out your other sessions.">
        <PasswordForm />
      </SettingsSection>
      <SettingsSection title="Sessions" intro="Ends every session of yours, on all devices, this one included.">
        <SignOutEverywhere />
      </SettingsSection>
    </>
  );
}

function ThemeChoice() {
  const theme = useThemePreference();
  return (
    <Field label="Theme" className="max-w-60">
      {(control) => (
        <Select
          {...control}
          value={theme}
          options={[
            { value: 'system', label: 'Same as the system' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
          onChange={(event) => chooseTheme(event.target.value as ThemePreference)}
        />
      )}
    </Field>
  );
}

function PasswordForm() {
  const [saved, setSaved] = useState(false);
  const form = useServerForm(
    { currentPassword: '', newPassword: '' },
    async ({ currentPassword, newPassword }, { reset }) => {
      setSaved(false);
      await authChangePassword({ body: { newPassword, ...(currentPassword && { currentPassword }) } });
      reset();
      setSaved(true);
    },
  );
  return (
    <form onSubmit={form.submit} noValidate className="flex max-w-sm flex-col gap-4">
      <FormProblem problem={form.problem} />
      <Field
        label="Present password"
        error={form.errorOf('currentPassword')}
        hint="Leave it empty if you came by a one-time link and never chose one."
      >
        {(control) => (
          <Input {...control} type="password" autoComplete="current-password" {...form.register('currentPassword')} />
        )}
      </Field>
      <Field
        label="New password"
        error={form.errorOf('newPassword')}
        hint={`At least ${MIN_PASSWORD_LENGTH} characters.`}
      >
        {(control) => (
          <Input
            {...control}
            type="password"
            autoComplete="new-password"
            {...form.register('newPassword', newPasswordRule)}
          />
        )}
      </Field>
      <div className="flex items-center gap-3">
        <Button type="submit" variant="primary" pending={form.formState.isSubmitting}>
          Change password
        </Button>
        <SavedNote shown={saved}>Changed</SavedNote>
      </div>
    </form>
  );
}

function SignOutEverywhere() {
  const [asking, setAsking] = useState(false);
  const navigate = useNavigate();
  const leave = async () => {
    await signOut(true);
    await navigate({ to: '/sign-in' });
  };
  return (
    <>
      <Button onClick={() => setAsking(true)}>Sign out everywhere</Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Sign out everywhere?"
        action="Sign out everywhere"
        onConfirm={leave}
      >
        You have to sign in again on each device. API keys keep working.
      </ConfirmDialog>
    </>
  );
}
