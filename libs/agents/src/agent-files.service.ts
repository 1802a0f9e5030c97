import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { FieldProblem } from '#platform/errors';
import type { Agent } from './agent.entity.js';
import { AgentDraftsService } from './agent-drafts.service.js';
import { fileInvalid } from './agents.errors.js';
import { AgentsService, MAX_AGENT_NAME_LENGTH } from './agents.service.js';
import { type GraphDocument, readGraphDocument } from './graph-document.js';
import { stripForExport, stripForImport, type StrippedValue } from './graph-stripping.js';

export const AGENT_FILE_FORMAT = 'agentflow/agent';
export const AGENT_FILE_VERSION = 1;

/** An agent as a file: readable by any AgentFlow, and by people. */
export interface AgentFile {
  readonly format: typeof AGENT_FILE_FORMAT;
  readonly formatVersion: typeof AGENT_FILE_VERSION;
  readonly name: string;
  readonly description: string;
  readonly graph: GraphDocument;
  /** What was left out: secrets, and ids that mean something in one organisation only. Pointers are into the file. */
  readonly stripped: readonly StrippedValue[];
}

export interface ImportedAgent {
  readonly agent: Agent;
  readonly stripped: readonly StrippedValue[];
}

/** Agents on their way between organisations and installations. */
@Injectable()
export class AgentFilesService {
  constructor(
    private readonly agents: AgentsService,
    private readonly drafts: AgentDraftsService,
  ) {}

  /** The agent with its draft, which is what the editor shows. */
  async export(agentId: string): Promise<AgentFile> {
    const { agent } = await this.drafts.get(agentId);
    const { graph, stripped } = stripForExport(agent.draft);
    const { name, description } = agent;
    return {
      format: AGENT_FILE_FORMAT,
      formatVersion: AGENT_FILE_VERSION,
      name,
      description,
      graph,
      stripped: inFile(stripped),
    };
  }

  /** @throws AppError `agent.file_invalid`, `agent.graph_invalid` with pointers into the file */
  async import(file: unknown): Promise<ImportedAgent> {
    const { name, description, graph: given } = readFile(file);
    const { graph, stripped } = stripForImport(readGraphDocument(given, '/graph'));
    return { agent: await this.agents.create({ name, description, graph }), stripped: inFile(stripped) };
  }
}

const fileSchema = z.strictObject({
  format: z.literal(AGENT_FILE_FORMAT, { error: `must be "${AGENT_FILE_FORMAT}": the file is not an exported agent` }),
  formatVersion: z.literal(AGENT_FILE_VERSION, {
    error: `must be ${AGENT_FILE_VERSION}: a file of a newer AgentFlow needs a newer AgentFlow`,
  }),
  name: text(1, MAX_AGENT_NAME_LENGTH),
  description: text(0, 2_000).default(''),
  graph: z.unknown().refine((graph) => graph !== undefined, { error: 'is missing' }),
  /** A note of the export for people; it asks nothing of an import. */
  stripped: z.array(z.unknown()).max(1_000).optional(),
});

function text(least: number, most: number) {
  return z
    .string({ error: 'must be a text' })
    .trim()
    .min(least, 'must not be empty')
    .max(most, `must have at most ${most} characters`)
    .refine((value) => !value.includes('\0'), { error: 'must not contain a NUL character' });
}

function readFile(file: unknown): z.output<typeof fileSchema> {
  const read = fileSchema.safeParse(file);
  if (read.success) return read.data;
  throw fileInvalid(read.error.issues.flatMap(toFieldProblems));
}

function toFieldProblems(issue: z.core.$ZodIssue): FieldProblem[] {
  const at = (...path: PropertyKey[]): string =>
    path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: at(...issue.path, key),
      code: 'unknown_field',
      message: `"${key}" is not a field of an exported agent. Remove it.`,
    }));
  }
  const name = issue.path.at(-1);
  return [
    {
      pointer: at(...issue.path),
      code: issue.code,
      message: name === undefined ? 'The file must be a JSON object.' : `"${String(name)}" ${issue.message}.`,
    },
  ];
}

function inFile(stripped: readonly StrippedValue[]): StrippedValue[] {
  return stripped.map(({ pointer, reason }) => ({ pointer: `/graph${pointer}`, reason }));
}
