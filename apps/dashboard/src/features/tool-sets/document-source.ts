/** Where an OpenAPI document comes from: its address, or its text. */
export type DocumentSource = { readonly documentUrl: string } | { readonly document: string };

export interface SourceValues {
  /** `url` or `text`. */
  from: string;
  documentUrl: string;
  document: string;
}

export const NO_SOURCE: SourceValues = { from: 'url', documentUrl: '', document: '' };

export function sourceOf({ from, documentUrl, document }: SourceValues): DocumentSource {
  return from === 'url' ? { documentUrl: documentUrl.trim() } : { document };
}
