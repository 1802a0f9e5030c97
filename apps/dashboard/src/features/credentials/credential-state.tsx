import type { Credential } from '@/shared/api/generated/schema';
import { Badge } from '@/shared/ui/badge';
import { RelativeTime } from '@/shared/ui/relative-time';

/** Whether it works, as far as anybody knows: signed in or not, and how the last test went. */
export function CredentialState({ credential: { signIn, test, testable } }: { credential: Credential }) {
  const needsSignIn = signIn !== null && !signIn.connected && !hasOwnToken(test);
  if (needsSignIn) return <Badge tone="warning">Not connected</Badge>;
  if (test) {
    return (
      <div className="flex flex-wrap items-center gap-1.5">
        <Badge tone={test.outcome === 'ok' ? 'success' : 'danger'}>{test.outcome === 'ok' ? 'Works' : 'Fails'}</Badge>
        <span className="text-muted">
          <RelativeTime at={test.at} />
        </span>
        {test.outcome === 'failed' && <p className="text-muted w-full min-w-48 whitespace-normal">{test.message}</p>}
      </div>
    );
  }
  return <span className="text-muted">{testable ? 'Not tested' : signIn ? 'Connected' : '–'}</span>;
}

/** A token that was typed in works without a sign-in, which only a test can tell. */
const hasOwnToken = (test: Credential['test']): boolean => test?.outcome === 'ok';
