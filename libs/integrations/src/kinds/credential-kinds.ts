import { APP_KINDS } from './app-kinds.js';
import type { CredentialKind } from './credential-kind.js';
import { MODEL_KINDS } from './model-kinds.js';
import { DATABASE_KINDS, SEARCH_KINDS } from './data-kinds.js';
import { MCP_KINDS } from './mcp-kinds.js';
import { WEB_KINDS } from './web-kinds.js';

/** Every kind of credential, in the order in which lists show them. */
export const CREDENTIAL_KINDS: readonly CredentialKind[] = [
  ...MODEL_KINDS,
  ...WEB_KINDS,
  ...APP_KINDS,
  ...MCP_KINDS,
  ...SEARCH_KINDS,
  ...DATABASE_KINDS,
];

const BY_NAME = new Map(CREDENTIAL_KINDS.map((kind) => [kind.kind, kind]));

export function findCredentialKind(kind: string): CredentialKind | undefined {
  return BY_NAME.get(kind);
}
