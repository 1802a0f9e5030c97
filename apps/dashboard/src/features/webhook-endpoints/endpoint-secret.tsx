import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { CopyButton } from '@/shared/ui/copy-button';
import { Input } from '@/shared/ui/input';

export interface EndpointSecretProps {
  name: string;
  secret: string;
  onClose: () => void;
}

/** The signing secret of an endpoint, the only time it can be seen. */
export function EndpointSecret({ name, secret, onClose }: EndpointSecretProps) {
  return (
    <Callout tone="warning" announce className="mb-4" title={`Copy the secret of “${name}” now`}>
      <p className="text-sm">
        It is kept sealed and cannot be shown again. The receiver verifies messages with it, by the Standard Webhooks
        specification.
      </p>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <Input
          readOnly
          aria-label="Secret"
          value={secret}
          className="max-w-lg font-mono text-sm"
          onFocus={(event) => event.target.select()}
        />
        <CopyButton text={secret} label="secret" words="Copy secret" />
      </div>
      <Button className="mt-3" onClick={onClose}>
        I have copied it
      </Button>
    </Callout>
  );
}
