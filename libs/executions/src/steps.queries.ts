import { Injectable } from '@nestjs/common';
import { CursorCodec, type Page } from '#platform/http';
import { OrgContext } from '#tenancy';
import type { ExecutionStepResponse } from './dto/execution-detail-response.dto.js';
import type { StepsQuery } from './dto/steps-query.dto.js';
import { ExecutionEventsRepository } from './execution-events.repository.js';
import { toStep } from './execution-presenter.js';
import type { ExecutionStep } from './execution-step.entity.js';
import { ExecutionStepsRepository, type StepPosition } from './execution-steps.repository.js';
import { executionNotFound } from './executions.errors.js';

/** A version has at most so many nodes. */
const MAX_NODES = 2_000;

/** The steps of a run, ready to be sent: finished ones from their rows, those under way from the event log. */
@Injectable()
export class StepsQueries {
  constructor(
    private readonly steps: ExecutionStepsRepository,
    private readonly events: ExecutionEventsRepository,
    private readonly cursors: CursorCodec,
  ) {}

  /** In the order in which they started; those under way follow on the last page. @throws AppError not found */
  async page(executionId: string, query: StepsQuery): Promise<Page<ExecutionStepResponse>> {
    if (!(await this.events.findState(executionId))) throw executionNotFound();
    if (query.path !== undefined) return onePage(await this.ofPath(executionId, query.path));
    if (query.of === 'nodes') return onePage(await this.ofNodes(executionId));
    const { limit, cursor } = query;
    const list = `steps:${OrgContext.require()}:${executionId}`;
    const after = cursor === undefined ? null : positionOf(this.cursors.decode(list, cursor));
    const rows = await this.steps.findPage(executionId, after, limit + 1);
    const page = this.cursors.page(list, rows, limit, cursorOf);
    const data = page.data.map(toStep);
    if (page.hasMore) return { ...page, data };
    const unfinished = await this.events.findUnfinishedSteps(executionId);
    return { ...page, data: [...data, ...unfinished] };
  }

  private async ofPath(executionId: string, path: string): Promise<ExecutionStepResponse[]> {
    const row = await this.steps.findByPath(executionId, path);
    if (row) return [toStep(row)];
    return (await this.events.findUnfinishedSteps(executionId)).filter((step) => step.path === path);
  }

  private async ofNodes(executionId: string): Promise<ExecutionStepResponse[]> {
    const finished = (await this.steps.findLatestOfNodes(executionId, MAX_NODES)).map(toStep);
    const unfinished = await this.events.findUnfinishedSteps(executionId);
    const own = unfinished.filter(({ path, nodeId }) => path === nodeId || path.endsWith(`/${nodeId}`));
    const again = new Set(own.map(({ nodeId }) => nodeId));
    return [...finished.filter(({ nodeId }) => !again.has(nodeId)), ...own];
  }
}

function onePage(data: ExecutionStepResponse[]): Page<ExecutionStepResponse> {
  return { data, nextCursor: null, hasMore: false };
}

function cursorOf({ startedAt, finishedAt, path }: ExecutionStep): { at: string; id: string } {
  return { at: startedAt.toISOString(), id: `${finishedAt.toISOString()} ${path}` };
}

function positionOf({ at, id }: { at: string; id: string }): StepPosition {
  const space = id.indexOf(' ');
  return { startedAt: at, finishedAt: id.slice(0, space), path: id.slice(space + 1) };
}
