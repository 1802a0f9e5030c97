import { useQuery, useQueryClient } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { signingSecretRotate } from '@/shared/api/generated/operations';
import { signingSecretQuery } from '@/shared/api/queries';
import { Button } from '@/shared/ui/button';
import { ConfirmDialog } from '@/shared/ui/confirm-dialog';
import { CopyButton } from '@/shared/ui/copy-button';
import { ErrorState } from '@/shared/ui/error-state';
import { Input } from '@/shared/ui/input';
import { RelativeTime } from '@/shared/ui/relative-time';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { SettingsBox, SettingsSection } from './settings-section';

/** What receivers of callbacks verify them with. It is read only when somebody wants to see it. */
export function SigningSecretSection() {
  const [isShown, setIsShown] = useState(false);
  const [isRotating, setIsRotating] = useState(false);
  const queryClient = useQueryClient();
  return (
    <SettingsSection
      title="Signing secret"
      intro="Callbacks of runs that were started with a callbackUrl are signed with it, by the Standard Webhooks specification."
      actions={
        <Button icon={<RefreshCw />} onClick={() => setIsRotating(true)}>
          Rotate
        </Button>
      }
    >
      <SettingsBox>
        {isShown ? (
          <ShownSecret />
        ) : (
          <div className="p-3">
            <Button onClick={() => setIsShown(true)}>Show secret</Button>
          </div>
        )}
      </SettingsBox>
      <ConfirmDialog
        open={isRotating}
        onOpenChange={setIsRotating}
        title="Make a new signing secret?"
        action="Rotate secret"
        onConfirm={async () => {
          queryClient.setQueryData(signingSecretQuery().queryKey, await signingSecretRotate());
          setIsShown(true);
        }}
      >
        For 24 hours callbacks carry a signature of both secrets. Give the new one to your receivers by then; afterwards
        the old one is worth nothing.
      </ConfirmDialog>
    </SettingsSection>
  );
}

function ShownSecret() {
  const secret = useQuery(signingSecretQuery());
  if (secret.isPending) return <SkeletonRows label="the signing secret" rows={1} />;
  if (secret.isError)
    return (
      <ErrorState
        title="The signing secret could not be loaded"
        error={secret.error}
        onRetry={() => void secret.refetch()}
      />
    );
  const { secret: text, createdAt, previousSignsUntil } = secret.data;
  return (
    <div className="p-3">
      <div className="flex flex-wrap items-center gap-2">
        <Input
          readOnly
          aria-label="Signing secret"
          value={text}
          className="max-w-lg font-mono text-sm"
          onFocus={(event) => event.target.select()}
        />
        <CopyButton text={text} label="secret" words="Copy secret" />
      </div>
      <p className="text-muted mt-2 text-sm">
        Made <RelativeTime at={createdAt} />
        {previousSignsUntil !== null && (
          <>
            . The one before signs along; its time ends <RelativeTime at={previousSignsUntil} />
          </>
        )}
      </p>
    </div>
  );
}
