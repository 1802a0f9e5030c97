import { currentPrincipal } from '#auth';

/** Whose a conversation is: a person's, or an API key's with the person who made that. */
export interface ConversationOwner {
  readonly ownerUserId: string;
  readonly ownerKeyId: string | null;
}

/** Whoever asks. A key does not see what its maker has said, nor the maker what the key has. */
export function currentOwner(): ConversationOwner {
  const { kind, userId, credentialId } = currentPrincipal();
  return { ownerUserId: userId, ownerKeyId: kind === 'api-key' ? credentialId : null };
}
