import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { KeyRound, Plus } from 'lucide-react';
import { useCan } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { NextPage } from '@/shared/ui/next-page';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { PageHeader } from '@/shared/ui/page-header';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { CredentialPanel } from './credential-panel';
import { CREDENTIALS, credentialKindsQuery, credentialsQuery } from '@/shared/credentials/credential-queries';
import { CredentialsTable } from './credentials-table';

const route = getRouteApi('/signed-in/credentials');

/** What the organisation keeps in order to get in elsewhere. */
export function CredentialsPage() {
  const { form } = route.useSearch();
  const navigate = route.useNavigate();
  const canWrite = useCan('integrations:write');
  const isNew = form === 'new';
  return (
    <>
      <PageHeader
        title="Credentials"
        actions={
          canWrite &&
          !isNew && (
            <Button variant="primary" icon={<Plus />} onClick={() => void navigate({ search: { form: 'new' } })}>
              New credential
            </Button>
          )
        }
      />
      <div className="w-full max-w-5xl p-4 sm:p-6">
        <p className="text-muted mb-3 max-w-2xl">
          Kept encrypted, never shown again, and sent only to the hosts that you allow. Agents use them by name.
        </p>
        <CredentialsList form={form} />
      </div>
    </>
  );
}

function CredentialsList({ form }: { form: string | undefined }) {
  const navigate = route.useNavigate();
  const queryClient = useQueryClient();
  const canWrite = useCan('integrations:write');
  const credentials = useInfiniteQuery(credentialsQuery());
  const kinds = useQuery(credentialKindsQuery());
  if (credentials.isPending || kinds.isPending) return <SkeletonRows label="credentials" />;
  if (credentials.isError || kinds.isError) {
    return (
      <ErrorState
        title="The credentials could not be loaded"
        error={credentials.error ?? kinds.error}
        onRetry={() => {
          void credentials.refetch();
          void kinds.refetch();
        }}
      />
    );
  }
  const rows = credentials.data.pages.flatMap((page) => page.data);
  const changed = rows.find(({ id, mayEdit }) => id === form && mayEdit) ?? null;
  const close = () => void navigate({ search: {} });
  return (
    <>
      {canWrite && (form === 'new' || changed) && (
        <CredentialPanel
          key={form}
          kinds={kinds.data.data}
          credential={changed}
          onCancel={close}
          onSaved={() => {
            void queryClient.invalidateQueries({ queryKey: CREDENTIALS });
            close();
          }}
        />
      )}
      <div className="bg-surface overflow-hidden rounded-lg border">
        {rows.length === 0 ? (
          <EmptyState
            icon={<KeyRound />}
            title="No credentials yet"
            action={
              canWrite &&
              form !== 'new' && (
                <Button variant="primary" onClick={() => void navigate({ search: { form: 'new' } })}>
                  New credential
                </Button>
              )
            }
          >
            A key of a model provider, a token of GitHub, a password of a database: whatever your agents need to get in.
          </EmptyState>
        ) : (
          <CredentialsTable credentials={rows} kinds={kinds.data.data} />
        )}
      </div>
      <NextPage of={credentials} />
    </>
  );
}
