import { useQuery, useQueryClient } from '@tanstack/react-query';
import { credentialsDelete } from '@/shared/api/generated/operations';
import type { Credential } from '@/shared/api/generated/schema';
import { ConfirmDialog } from '@/shared/ui/confirm-dialog';
import { CREDENTIALS, usingAgentsQuery } from '@/shared/credentials/credential-queries';

/** Says which agents would fail before a credential goes. */
export function DeleteCredential({ credential, onClose }: { credential: Credential; onClose: () => void }) {
  const queryClient = useQueryClient();
  const using = useQuery(usingAgentsQuery(credential.id));
  const agents = using.data?.data ?? [];
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Delete the credential “${credential.name}”?`}
      action="Delete credential"
      typeToConfirm={agents.length > 0 ? credential.name : undefined}
      onConfirm={async () => {
        await credentialsDelete({ id: credential.id });
        await queryClient.invalidateQueries({ queryKey: CREDENTIALS });
      }}
    >
      <p>Its secrets are gone and cannot be brought back.</p>
      {using.isPending && <p className="mt-2">Looking for agents that use it…</p>}
      {using.isError && <p className="mt-2">Which agents use it could not be found out.</p>}
      {using.isSuccess && agents.length === 0 && <p className="mt-2">No agent uses it.</p>}
      {agents.length > 0 && (
        <>
          <p className="mt-2">Runs of these agents will fail:</p>
          <ul className="mt-1 max-h-40 list-disc overflow-y-auto pl-5">
            {agents.map(({ id, name }) => (
              <li key={id}>{name}</li>
            ))}
          </ul>
        </>
      )}
    </ConfirmDialog>
  );
}
