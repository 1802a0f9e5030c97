import type { Webhook } from '@/shared/api/generated/schema';

/** As much of a webhook as a command that calls it must know. */
export type CalledWebhook = Pick<Webhook, 'url' | 'verification' | 'signatureHeader' | 'timestampHeader'>;

const BODY = '{"text":"Hello"}';

/** Commands for a shell with openssl and curl that send one correctly signed message. */
export function signedCurl(webhook: CalledWebhook, secret: string): string {
  return webhook.verification === 'standard-webhooks' ? standardCurl(webhook, secret) : hmacCurl(webhook, secret);
}

function standardCurl({ url }: CalledWebhook, secret: string): string {
  return [
    `SECRET=${quoted(secret)}`,
    `BODY=${quoted(BODY)}; TIME=$(date +%s); ID="msg_$TIME"`,
    `KEY=$(printf %s "\${SECRET#whsec_}" | base64 -d | od -An -v -tx1 | tr -d ' \\n')`,
    `SIGNATURE=$(printf %s "$ID.$TIME.$BODY" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | base64)`,
    `curl ${url} \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -H "webhook-id: $ID" -H "webhook-timestamp: $TIME" -H "webhook-signature: v1,$SIGNATURE" \\`,
    `  --data-raw "$BODY"`,
  ].join('\n');
}

function hmacCurl({ url, signatureHeader, timestampHeader }: CalledWebhook, secret: string): string {
  const signed = timestampHeader === null ? '$BODY' : '$TIME.$BODY';
  const headers = [
    `-H "${signatureHeader ?? ''}: sha256=$SIGNATURE"`,
    ...(timestampHeader === null ? [] : [`-H "${timestampHeader}: $TIME"`]),
  ];
  return [
    `SECRET=${quoted(secret)}`,
    `BODY=${quoted(BODY)}${timestampHeader === null ? '' : '; TIME=$(date +%s)'}`,
    `SIGNATURE=$(printf %s "${signed}" | openssl dgst -sha256 -hmac "$SECRET" | sed 's/^.* //')`,
    `curl ${url} \\`,
    `  -H "Content-Type: application/json" \\`,
    `  ${headers.join(' ')} \\`,
    `  --data-raw "$BODY"`,
  ].join('\n');
}

/** For a shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
