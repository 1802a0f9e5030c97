import { CopyBlock } from '@/shared/ui/copy-block';
import { signedCurl, type CalledWebhook } from './signed-curl';

/** The command that calls a webhook, ready to copy. */
export function CallCommand({ webhook, secret = 'the secret' }: { webhook: CalledWebhook; secret?: string }) {
  return <CopyBlock name="Command" text={signedCurl(webhook, secret)} />;
}
