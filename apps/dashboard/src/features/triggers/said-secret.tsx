import type { Webhook } from '@/shared/api/generated/schema';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { CopyButton } from '@/shared/ui/copy-button';
import { Input } from '@/shared/ui/input';
import { CallCommand } from './call-command';

export interface SaidSecretProps {
  webhook: Webhook;
  secret: string;
  onClose: () => void;
}

/** A webhook's secret, the only time it can be seen, with a command that signs with it. */
export function SaidSecret({ webhook, secret, onClose }: SaidSecretProps) {
  return (
    <Callout tone="warning" announce className="mb-4" title={`Copy the secret of “${webhook.name}” now`}>
      <p className="text-sm">It is kept sealed and cannot be shown again. Give it and the address to the sender.</p>
      <CopyLine label="Secret" text={secret} />
      <CopyLine label="Address" text={webhook.url} />
      <p className="mt-3 mb-1 text-sm">Try it: sends one signed message.</p>
      <CallCommand webhook={webhook} secret={secret} />
      <Button className="mt-3" onClick={onClose}>
        I have copied it
      </Button>
    </Callout>
  );
}

function CopyLine({ label, text }: { label: string; text: string }) {
  return (
    <div className="mt-2 flex flex-wrap items-center gap-2">
      <Input
        readOnly
        aria-label={label}
        value={text}
        className="max-w-lg font-mono text-sm"
        onFocus={(event) => event.target.select()}
      />
      <CopyButton text={text} label={label.toLowerCase()} words={`Copy ${label.toLowerCase()}`} />
    </div>
  );
}
