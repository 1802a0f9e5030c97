import { CopyButton } from '@/shared/ui/copy-button';
import { signedCurl, type CalledWebhook } from './signed-curl';

/** The command that calls a webhook, ready to copy. */
export function CallCommand({ webhook, secret = 'the secret' }: { webhook: CalledWebhook; secret?: string }) {
  const command = signedCurl(webhook, secret);
  return (
    <div className="bg-sunken relative w-full max-w-full rounded-md border">
      <pre tabIndex={0} aria-label="Command" className="overflow-x-auto p-3 pr-10 text-sm">
        {command}
      </pre>
      <div className="bg-sunken absolute top-1.5 right-1.5 rounded-md">
        <CopyButton text={command} label="command" />
      </div>
    </div>
  );
}
