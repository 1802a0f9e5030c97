import { Inject, Injectable } from '@nestjs/common';
import { cleanText } from '../clean-text.js';
import { SchemaProblem } from '../schemas/schema-parts.js';
import { TOOL_SETS_EGRESS, type ToolSetsEgress } from '../tool-sets-egress.js';
import { fieldInvalid } from '../tool-sets.errors.js';
import { fetchDocument } from './fetch-document.js';
import { type DocumentOperation, OpenApiDocument } from './openapi-document.js';
import { effectOf, partsOf } from './operation-tool.js';
import { readDocument } from './read-document.js';

const FETCH_MS = 30_000;

/** An operation as people choose among them. */
export interface PreviewedOperation {
  /** What stands for it in `operations` of an import. */
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly effect: 'read' | 'write';
  readonly deprecated: boolean;
  /** Why it cannot be a tool; null when it can. */
  readonly problem: string | null;
}

export interface OpenApiPreview {
  readonly title: string;
  /** Where the API is, as the document says; empty when it does not. */
  readonly baseUrl: string;
  readonly operations: readonly PreviewedOperation[];
}

/** Shows what a document holds before anything is kept. */
@Injectable()
export class OpenApiPreviews {
  constructor(@Inject(TOOL_SETS_EGRESS) private readonly egress: ToolSetsEgress) {}

  /** @param source one of both @throws AppError tool_set.document_invalid · tool_set.invalid · egress.… */
  async preview({ document, documentUrl }: { document?: string; documentUrl?: string }): Promise<OpenApiPreview> {
    if ((document === undefined) === (documentUrl === undefined)) {
      throw fieldInvalid('/document', 'required', 'Give the text of the OpenAPI document or its address, one of both.');
    }
    const signal = AbortSignal.timeout(FETCH_MS);
    const text = document ?? (await fetchDocument(this.egress, documentUrl ?? '', signal));
    const found = new OpenApiDocument(await readDocument(text));
    return {
      title: found.title,
      baseUrl: found.baseUrl(documentUrl),
      operations: found.operations().map((operation) => previewOf(found, operation)),
    };
  }
}

function previewOf(document: OpenApiDocument, found: DocumentOperation): PreviewedOperation {
  const { remoteName, method, path, operation } = found;
  const { summary, description, tags, deprecated } = operation;
  const said = typeof summary === 'string' ? summary : typeof description === 'string' ? description : '';
  return {
    operation: remoteName,
    method,
    path: cleanText(path, 300),
    summary: cleanText(said, 200),
    tags: (Array.isArray(tags) ? (tags as unknown[]) : [])
      .filter((tag): tag is string => typeof tag === 'string')
      .slice(0, 10)
      .map((tag) => cleanText(tag, 60)),
    effect: effectOf(method),
    deprecated: deprecated === true,
    problem: problemOf(document, found),
  };
}

function problemOf(document: OpenApiDocument, operation: DocumentOperation): string | null {
  try {
    partsOf(document, operation);
    return null;
  } catch (error) {
    if (!(error instanceof SchemaProblem)) throw error;
    return error.message;
  }
}
