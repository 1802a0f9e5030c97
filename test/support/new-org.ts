import { randomUUID } from 'node:crypto';
import { ApiClient } from './clients/api.client.js';
import type { SignedIn } from './clients/auth.client.js';
import { tokenIn } from './outbox.js';

/** A person who has just signed up with an organisation of their own. */
export interface NewOrg {
  readonly email: string;
  readonly password: string;
  readonly userId: string;
  readonly orgId: string;
  /** Speaks as the organisation's owner, by access token. */
  readonly owner: ApiClient;
}

/** An organisation that no other test knows. */
export async function newOrg(url: string, name = 'Somebody'): Promise<NewOrg> {
  const email = `${name.toLowerCase().replace(/[^a-z]+/g, '-')}-${randomUUID()}@example.com`;
  const password = `pass-${randomUUID()}`;
  const { status, body, text } = await new ApiClient(url, null).auth.signUp({
    email,
    password,
    name,
    orgName: `${name}'s`,
  });
  if (status !== 201) throw new Error(`Signing up answered ${status}: ${text}`);
  return { email, password, userId: body.user.id, orgId: body.org.id, owner: new ApiClient(url, body.accessToken) };
}

/** One more person in that organisation, with that role, who came by an invitation. */
export async function newMember(
  { owner }: NewOrg,
  role: 'owner' | 'admin' | 'editor' | 'viewer',
): Promise<SignedIn & { client: ApiClient }> {
  const email = `${role}-${randomUUID()}@example.com`;
  const { link } = await owner.org.invite(email, role);
  const invitationToken = tokenIn(link);
  const { status, body, text } = await owner
    .as(null)
    .auth.signUp({ email, password: `pass-${randomUUID()}`, invitationToken });
  if (status !== 201) throw new Error(`Joining answered ${status}: ${text}`);
  return { ...body, client: owner.as(body.accessToken) };
}
