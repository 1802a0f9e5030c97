import type { WebhookEndpoint } from '@/shared/api/generated/schema';
import { Badge } from '@/shared/ui/badge';
import { Callout } from '@/shared/ui/callout';
import { RelativeTime } from '@/shared/ui/relative-time';

/** How an endpoint does, in a word or two. */
export function EndpointState({ endpoint }: { endpoint: WebhookEndpoint }) {
  if (endpoint.disabledReason !== null) return <Badge tone="danger">Switched off by AgentFlow</Badge>;
  if (!endpoint.enabled) return <Badge>Off</Badge>;
  if (endpoint.failingSince !== null) return <Badge tone="warning">Failing</Badge>;
  return <Badge tone="success">On</Badge>;
}

/** What somebody should know and do about an endpoint that does not work. Nothing for one that does. */
export function EndpointNotice({ endpoint }: { endpoint: WebhookEndpoint }) {
  if (endpoint.disabledReason !== null) {
    return (
      <Callout tone="danger" className="mb-4" title="AgentFlow switched this endpoint off">
        {endpoint.disabledReason === 'gone'
          ? 'It answered 410, which asks for no more messages.'
          : 'Nothing that was sent here in three days was answered with 2xx.'}{' '}
        It is told nothing until somebody switches it on. Afterwards “Send failed again” brings what was given up.{' '}
        <span className="text-muted">
          Since <RelativeTime at={endpoint.disabledAt} />.
        </span>
      </Callout>
    );
  }
  if (!endpoint.enabled || endpoint.failingSince === null) return null;
  return (
    <Callout tone="warning" className="mb-4" title="This endpoint fails">
      {endpoint.failures === 1 ? 'One attempt was' : `${endpoint.failures} attempts in a row were`} no delivery, the
      first <RelativeTime at={endpoint.failingSince} />. When none succeeds for three days, it is switched off and the
      owners get a mail.
    </Callout>
  );
}
