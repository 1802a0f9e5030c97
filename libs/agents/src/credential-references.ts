import type { GraphDocument } from './graph-document.js';
import { isRecord } from './is-record.js';

/** A place in a graph that names a credential. */
export interface CredentialReference {
  /** JSON pointer into the graph. */
  readonly pointer: string;
  readonly id: string;
}

/** Every `credentialId` at any depth: of a node, of a node inside it, of an agent's tools. */
export function credentialReferences({ nodes }: GraphDocument): CredentialReference[] {
  return nodes.flatMap(({ config }, index) => referencesIn(config, `/nodes/${index}/config`));
}

function referencesIn(value: unknown, pointer: string): CredentialReference[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => referencesIn(item, `${pointer}/${index}`));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const here = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (key === 'credentialId') return typeof item === 'string' ? [{ pointer: here, id: item }] : [];
    // What a schema or the arguments of a tool call a credential is the author's own.
    return key === 'schema' || key === 'arguments' ? [] : referencesIn(item, here);
  });
}
