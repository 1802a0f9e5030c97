import { useQuery, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import { invitationsCreate, invitationsRevoke } from '@/shared/api/generated/operations';
import type { CreatedInvitation, Invitation } from '@/shared/api/generated/schema';
import { invitationsQuery, rolesQuery } from '@/shared/api/queries';
import { FormProblem } from '@/shared/forms/form-problem';
import { emailRule } from '@/shared/forms/rules';
import { useServerForm } from '@/shared/forms/use-server-form';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { ConfirmDialog } from '@/shared/ui/confirm-dialog';
import { CopyButton } from '@/shared/ui/copy-button';
import { DataTable } from '@/shared/ui/data-table';
import { ErrorState } from '@/shared/ui/error-state';
import { Field } from '@/shared/ui/field';
import { IconButton } from '@/shared/ui/icon-button';
import { Input } from '@/shared/ui/input';
import { RelativeTime } from '@/shared/ui/relative-time';
import { Select } from '@/shared/ui/select';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { SettingsBox, SettingsSection } from './settings-section';

/** Inviting by a link that can also be handed over without mail. */
export function InvitationsSection() {
  const invitations = useQuery(invitationsQuery());
  const queryClient = useQueryClient();
  const [created, setCreated] = useState<CreatedInvitation | null>(null);
  const [revoking, setRevoking] = useState<Invitation | null>(null);
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['invitations'] });
  return (
    <SettingsSection title="Invitations" intro="Whoever has the link can join with that e-mail address, once.">
      <InvitationForm
        onCreated={(invitation) => {
          setCreated(invitation);
          void refresh();
        }}
      />
      {created && (
        <Callout announce className="mb-4" title={`Link for ${created.email}`}>
          <p className="text-muted text-sm">It is shown only now. Hand it over yourself if no mail arrives.</p>
          <div className="mt-2 flex flex-wrap items-center gap-2">
            <Input
              readOnly
              aria-label="Invitation link"
              value={created.link}
              className="max-w-lg font-mono text-sm"
              onFocus={(event) => event.target.select()}
            />
            <CopyButton text={created.link} label="link" words="Copy link" />
          </div>
        </Callout>
      )}
      <SettingsBox>
        {invitations.isPending ? (
          <SkeletonRows label="invitations" rows={2} />
        ) : invitations.isError ? (
          <ErrorState
            title="The invitations could not be loaded"
            error={invitations.error}
            onRetry={() => void invitations.refetch()}
          />
        ) : invitations.data.data.length === 0 ? (
          <p className="text-muted px-3 py-4 text-sm">Nobody is invited at the moment.</p>
        ) : (
          <DataTable
            label="Invitations"
            shortcuts={false}
            rows={invitations.data.data}
            rowKey={(invitation) => invitation.id}
            columns={[
              { id: 'email', header: 'E-mail address', cell: (invitation) => invitation.email },
              { id: 'role', header: 'Role', cell: (invitation) => invitation.role },
              { id: 'expires', header: 'Ends', cell: (invitation) => <RelativeTime at={invitation.expiresAt} /> },
              {
                id: 'revoke',
                header: <span className="sr-only">Actions</span>,
                align: 'end',
                cell: (invitation) => (
                  <IconButton
                    label={`Revoke invitation of ${invitation.email}`}
                    icon={<X />}
                    onClick={() => setRevoking(invitation)}
                  />
                ),
              },
            ]}
          />
        )}
      </SettingsBox>
      <ConfirmDialog
        open={revoking !== null}
        onOpenChange={(open) => !open && setRevoking(null)}
        title={`Revoke the invitation of ${revoking?.email ?? ''}?`}
        action="Revoke invitation"
        onConfirm={async () => {
          if (revoking) await invitationsRevoke({ id: revoking.id });
          if (created?.id === revoking?.id) setCreated(null);
          await refresh();
        }}
      >
        The link stops working. You can send a new invitation at any time.
      </ConfirmDialog>
    </SettingsSection>
  );
}

function InvitationForm({ onCreated }: { onCreated: (invitation: CreatedInvitation) => void }) {
  const roles = useQuery(rolesQuery());
  const form = useServerForm({ email: '', role: 'editor' }, async ({ email, role }, { reset }) => {
    onCreated(await invitationsCreate({ body: { email: email.trim(), role } }));
    reset({ email: '', role });
  });
  const options = (roles.data?.data ?? [])
    .filter((role) => role.name !== 'owner')
    .map((role) => ({ value: role.name, label: role.name }));
  return (
    <form onSubmit={form.submit} noValidate className="mb-4 flex flex-col gap-3">
      <FormProblem problem={form.problem} />
      <div className="flex flex-wrap items-start gap-3">
        <Field label="E-mail address" error={form.errorOf('email')} className="w-72">
          {(control) => <Input {...control} type="email" autoComplete="off" {...form.register('email', emailRule)} />}
        </Field>
        <Field label="Role" error={form.errorOf('role')} className="w-36">
          {(control) => (
            <Select
              {...control}
              options={options.length > 0 ? options : [{ value: 'editor', label: 'editor' }]}
              {...form.register('role')}
            />
          )}
        </Field>
        <Button type="submit" variant="primary" className="mt-6" pending={form.formState.isSubmitting}>
          Invite
        </Button>
      </div>
    </form>
  );
}
