import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LruCache } from '#platform/cache';
import { despiteAbsence } from '#platform/database';
import { type Tool, ToolRegistry, type ToolSource } from '#tools';
import { slugOf } from './tool-name.js';
import type { ToolSetAdapter, ToolSetPlace } from './tool-set-adapter.js';
import { ToolSetAdapters } from './tool-set-adapters.js';
import { ToolSetRefresh } from './tool-set-refresh.js';
import type { ToolSetTool } from './tool-set-tool.entity.js';
import { ToolSetToolsRepository } from './tool-set-tools.repository.js';
import { type SetRevision, ToolSetsRepository } from './tool-sets.repository.js';

const TIMEOUT_MS = 60_000;
const OUTPUT_BYTES = 256 * 1024;
/** Each set is at most 1 MiB of schemas, and most are a hundredth of that. */
const MAX_KNOWN_SETS = 64;

type Tools = ReadonlyMap<string, Tool>;

/**
 * The tools of the organisation in context, for the registry. What a set consists of is remembered by its revision, which one small
 * query tells: a tool that was switched off is gone at once, in every process.
 */
@Injectable()
export class OwnTools implements ToolSource, OnModuleInit {
  private readonly known = new LruCache<Tools>(MAX_KNOWN_SETS);

  constructor(
    private readonly registry: ToolRegistry,
    private readonly sets: ToolSetsRepository,
    private readonly tools: ToolSetToolsRepository,
    private readonly adapters: ToolSetAdapters,
    private readonly refresh: ToolSetRefresh,
  ) {}

  onModuleInit(): void {
    this.registry.addSource(this);
  }

  async list(): Promise<readonly Tool[]> {
    const lists: Tool[][] = [];
    for (const revision of await this.sets.findRevisions()) lists.push([...(await this.toolsOf(revision)).values()]);
    return lists.flat();
  }

  async find(name: string): Promise<Tool | undefined> {
    const slug = slugOf(name);
    if (slug === undefined) return undefined;
    // A step does not fail for a database that its run survives.
    return despiteAbsence(async () => {
      const revision = await this.sets.findRevision(slug);
      return revision === null ? undefined : (await this.toolsOf(revision)).get(name);
    });
  }

  private async toolsOf({ id, revision }: SetRevision): Promise<Tools> {
    const key = `${id}:${revision}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const set = await this.sets.find(id);
    if (set === null) return new Map();
    const rows = (await this.tools.ofSet(id)).filter(({ enabled }) => enabled);
    const adapter = this.adapters.get(set.kind);
    const tools = new Map(rows.map((row) => [row.name, this.toolOf(row, set, adapter)]));
    // Whatever was changed between the three reads has raised the revision after it: the next one asks again.
    if (set.revision === revision) this.known.set(key, tools);
    return tools;
  }

  private toolOf(
    { remoteName, name, description, inputSchema, outputSchema, effect, approval, repeatable, definition }: ToolSetTool,
    { id, name: setName, url, credentialId, settings }: ToolSetPlace,
    adapter: ToolSetAdapter,
  ): Tool {
    const place: ToolSetPlace = { id, name: setName, url, credentialId, settings };
    const callable = { name, remoteName, effect, definition };
    return {
      name,
      set: { id, name: setName },
      description,
      inputSchema,
      ...(outputSchema !== null && { outputSchema }),
      effect,
      approval,
      timeoutMs: adapter.callMs ?? TIMEOUT_MS,
      outputBytes: OUTPUT_BYTES,
      isRepeatable: () => effect === 'read' || repeatable,
      run: (args, { signal, idempotencyKey }) =>
        adapter.call(place, callable, args, {
          signal,
          idempotencyKey,
          usedBy: `Tool ${name}`,
          onToolsChanged: () => this.refresh.markChanged(id),
        }),
    };
  }
}
