import { useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { apiKeysRevoke } from '@/shared/api/generated/operations';
import type { ApiKey, CreatedApiKey } from '@/shared/api/generated/schema';
import { apiKeysQuery } from '@/shared/api/queries';
import { useCan } from '@/shared/session/use-session';
import { Badge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { ConfirmDialog } from '@/shared/ui/confirm-dialog';
import { DataTable } from '@/shared/ui/data-table';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { IconButton } from '@/shared/ui/icon-button';
import { RelativeTime } from '@/shared/ui/relative-time';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { ApiKeyForm } from './api-key-form';
import { CreatedKey } from './created-key';
import { SettingsBox, SettingsSection } from './settings-section';
import { SigningSecretSection } from './signing-secret-section';

/** What programs and we trust each other by. Not to be confused with keys of model providers. */
export function ApiKeysPage() {
  const canWrite = useCan('keys:write');
  return (
    <>
      <ApiKeysSection />
      {canWrite && <SigningSecretSection />}
    </>
  );
}

/** Keys for programs that call AgentFlow. */
function ApiKeysSection() {
  const keys = useQuery(apiKeysQuery());
  const queryClient = useQueryClient();
  const canWrite = useCan('keys:write');
  const [making, setMaking] = useState(false);
  const [created, setCreated] = useState<CreatedApiKey | null>(null);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['api-keys'] });
  if (keys.isPending) return <SkeletonRows label="API keys" />;
  if (keys.isError)
    return (
      <ErrorState title="The API keys could not be loaded" error={keys.error} onRetry={() => void keys.refetch()} />
    );
  const add = canWrite && !making && (
    <Button variant="primary" icon={<Plus />} onClick={() => setMaking(true)}>
      New API key
    </Button>
  );
  return (
    <SettingsSection
      title="API keys"
      intro="For your own programs that call AgentFlow. A key is shown once and never does more than you may."
      actions={keys.data.data.length > 0 && add}
    >
      {created && <CreatedKey created={created} onClose={() => setCreated(null)} />}
      {making && (
        <ApiKeyForm
          onCancel={() => setMaking(false)}
          onCreated={(key) => {
            setMaking(false);
            setCreated(key);
            void refresh();
          }}
        />
      )}
      <SettingsBox>
        {keys.data.data.length === 0 ? (
          <EmptyState icon={<KeyRound />} title="No API keys yet" action={add}>
            Make one to start runs from the command line or your own systems.
          </EmptyState>
        ) : (
          <DataTable
            label="API keys"
            rows={keys.data.data}
            rowKey={(key) => key.id}
            columns={[
              { id: 'name', header: 'Name', cell: (key) => <span className="font-medium">{key.name}</span> },
              { id: 'prefix', header: 'Key', cell: (key) => <span className="font-mono text-xs">{key.prefix}…</span> },
              {
                id: 'scopes',
                header: 'May',
                from: 'md',
                className: 'py-1.5',
                cell: (key) => (
                  <span className="flex max-w-80 flex-wrap gap-1">
                    {key.scopes.map((scope) => (
                      <Badge key={scope} className="font-mono">
                        {scope}
                      </Badge>
                    ))}
                  </span>
                ),
              },
              {
                id: 'used',
                header: 'Last used',
                from: 'sm',
                cell: (key) => <RelativeTime at={key.lastUsedAt} empty="Never" />,
              },
              {
                id: 'expires',
                header: 'Ends',
                from: 'sm',
                cell: (key) => <RelativeTime at={key.expiresAt} empty="Never" />,
              },
              {
                id: 'revoke',
                header: <span className="sr-only">Actions</span>,
                align: 'end',
                cell: (key) =>
                  canWrite && (
                    <IconButton label={`Revoke ${key.name}`} icon={<Trash2 />} onClick={() => setRevoking(key)} />
                  ),
              },
            ]}
          />
        )}
      </SettingsBox>
      <ConfirmDialog
        open={revoking !== null}
        onOpenChange={(open) => !open && setRevoking(null)}
        title={`Revoke the key “${revoking?.name ?? ''}”?`}
        action="Revoke key"
        typeToConfirm={revoking?.name}
        onConfirm={async () => {
          if (revoking) await apiKeysRevoke({ id: revoking.id });
          if (created?.id === revoking?.id) setCreated(null);
          await refresh();
        }}
      >
        Every program that uses it is refused within seconds. A revoked key cannot be brought back.
      </ConfirmDialog>
    </SettingsSection>
  );
}
