import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { FlaskConical, Link2, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ApiProblem } from '@/shared/api/api-problem';
import { credentialsAuthorize, credentialsTest } from '@/shared/api/generated/operations';
import type { Credential, CredentialKind } from '@/shared/api/generated/schema';
import { Badge } from '@/shared/ui/badge';
import { Callout } from '@/shared/ui/callout';
import { DataTable } from '@/shared/ui/data-table';
import { IconButton } from '@/shared/ui/icon-button';
import { RelativeTime } from '@/shared/ui/relative-time';
import { CREDENTIALS } from '@/shared/credentials/credential-queries';
import { CredentialState } from './credential-state';
import { DeleteCredential } from './delete-credential';

export interface CredentialsTableProps {
  credentials: readonly Credential[];
  kinds: readonly CredentialKind[];
}

/** Credentials with what can be done to each. */
export function CredentialsTable({ credentials, kinds }: CredentialsTableProps) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [deleting, setDeleting] = useState<Credential | null>(null);
  const test = useMutation({
    mutationFn: ({ id }: Credential) => credentialsTest({ id }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: CREDENTIALS }),
  });
  const connect = useMutation({
    mutationFn: ({ id }: Credential) => credentialsAuthorize({ id }),
    onSuccess: ({ url }) => globalThis.location.assign(url),
  });
  const problem = test.error ?? connect.error;
  const titleOf = (name: string) => kinds.find(({ kind }) => kind === name)?.title ?? name;
  return (
    <>
      {problem && (
        <Callout tone="danger" announce className="m-3" title="That did not work">
          {problem instanceof ApiProblem ? problem.message : 'Try again.'}
        </Callout>
      )}
      <DataTable
        label="Credentials"
        rows={credentials}
        rowKey={({ id }) => id}
        columns={[
          {
            id: 'name',
            header: 'Credential',
            className: 'w-full min-w-44 max-w-0 py-2',
            cell: (credential) => (
              <>
                <span className="flex items-center gap-1.5">
                  <span className="truncate font-medium">{credential.name}</span>
                  {credential.sharing === 'private' && <Badge>Private</Badge>}
                </span>
                <p className="text-muted truncate">{titleOf(credential.kind)}</p>
                <p className="text-muted truncate font-mono text-xs">{credential.allowedHosts.join(', ')}</p>
              </>
            ),
          },
          {
            id: 'used',
            header: 'Last used',
            from: 'md',
            cell: ({ lastUse }) => (
              <>
                <RelativeTime at={lastUse?.at} empty="Never" />
                {lastUse && <p className="text-muted max-w-56 truncate">{lastUse.by}</p>}
              </>
            ),
          },
          {
            id: 'state',
            header: 'State',
            from: 'sm',
            cell: (credential) => <CredentialState credential={credential} />,
          },
          {
            id: 'actions',
            header: <span className="sr-only">Actions</span>,
            align: 'end',
            className: 'whitespace-nowrap',
            cell: (credential) => (
              <>
                {credential.testable && credential.mayUse && (
                  <IconButton
                    label={`Test ${credential.name}`}
                    icon={<FlaskConical />}
                    disabled={test.isPending}
                    onClick={() => test.mutate(credential)}
                  />
                )}
                {credential.mayEdit && (
                  <>
                    {credential.signIn && (
                      <IconButton
                        label={`${credential.signIn.connected ? 'Connect again' : 'Connect'} ${credential.name}`}
                        icon={<Link2 />}
                        disabled={connect.isPending}
                        onClick={() => connect.mutate(credential)}
                      />
                    )}
                    <IconButton
                      label={`Change ${credential.name}`}
                      icon={<Pencil />}
                      onClick={() => void navigate({ to: '/credentials', search: { form: credential.id } })}
                    />
                    <IconButton
                      label={`Delete ${credential.name}`}
                      icon={<Trash2 />}
                      onClick={() => setDeleting(credential)}
                    />
                  </>
                )}
              </>
            ),
          },
        ]}
      />
      {deleting && <DeleteCredential credential={deleting} onClose={() => setDeleting(null)} />}
    </>
  );
}
