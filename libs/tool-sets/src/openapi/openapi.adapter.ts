import { setImmediate } from 'node:timers/promises';
import { type CredentialSource, RestService } from '#tools';
import type {
  CallableTool,
  LeftOutTool,
  OfferedTool,
  ToolSetAdapter,
  ToolSetCall,
  ToolSetPlace,
  ToolSetToDiscover,
} from '../tool-set-adapter.js';
import { documentRequired } from '../tool-sets.errors.js';
import type { ToolSetsEgress } from '../tool-sets-egress.js';
import { fetchDocument } from './fetch-document.js';
import { OpenApiDocument } from './openapi-document.js';
import type { OperationDefinition } from './operation-definition.js';
import { operationRequest } from './operation-request.js';
import { toolOf } from './operation-tool.js';
import { readDocument } from './read-document.js';
import { saidIn } from './said-in.js';

/** APIs that an OpenAPI 3 document describes: the chosen operations are the tools. */
export class OpenApiAdapter implements ToolSetAdapter {
  readonly kind = 'openapi';

  constructor(
    private readonly egress: Pick<ToolSetsEgress, 'request'>,
    private readonly credentials: CredentialSource,
  ) {}

  /** @throws AppError tool_set.document_invalid · tool_set.document_required · egress.… */
  async discover(
    { settings, document: given }: ToolSetToDiscover,
    signal: AbortSignal,
  ): Promise<readonly (OfferedTool | LeftOutTool)[]> {
    const { documentUrl, operations } = settings as { documentUrl?: string; operations?: readonly string[] };
    if (given === undefined && documentUrl === undefined) throw documentRequired();
    const text = given ?? (await fetchDocument(this.egress, documentUrl ?? '', signal));
    const document = new OpenApiDocument(await readDocument(text));
    const chosen = new Set(operations);
    const found = document.operations().filter(({ remoteName }) => chosen.has(remoteName));
    const tools: (OfferedTool | LeftOutTool)[] = [];
    for (const operation of found) {
      // Schemas are compiled: others have their turn between two operations.
      await setImmediate();
      tools.push(toolOf(document, operation));
    }
    return tools;
  }

  /** @returns the parsed answer, a text where it is no JSON, null where it is empty @throws StepError, AppError of the vault */
  async call(
    { name, url, credentialId }: ToolSetPlace,
    { definition }: CallableTool,
    args: Readonly<Record<string, unknown>>,
    call: ToolSetCall,
  ): Promise<unknown> {
    const request = operationRequest(definition as unknown as OperationDefinition, args);
    const credential = credentialId === null ? null : await this.credentials.open(credentialId, call.usedBy);
    const service = new RestService(this.egress, credential, { name, baseUrl: url, saidIn, acceptsText: true });
    return (await service.ask(request, call)) ?? null;
  }
}
