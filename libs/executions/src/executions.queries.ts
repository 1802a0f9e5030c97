import { Injectable } from '@nestjs/common';
import { CursorCodec, type Page } from '#platform/http';
import { OrgContext } from '#tenancy';
import type { ExecutionEventPageResponse, ExecutionLogPageResponse } from './dto/execution-detail-response.dto.js';
import type { ExecutionResponse, ExecutionSummaryResponse } from './dto/execution-response.dto.js';
import type { ListExecutionsQuery } from './dto/list-executions.dto.js';
import { ExecutionDetailReadModel } from './execution-detail.read-model.js';
import { ExecutionEventsRepository } from './execution-events.repository.js';
import { ExecutionListReadModel } from './execution-list.read-model.js';
import { ExecutionLogsRepository } from './execution-logs.repository.js';
import { toDetail, toLogLine, toSummary } from './execution-presenter.js';
import { isFinal } from './execution-status.js';
import { executionNotFound } from './executions.errors.js';
import { WHOLE_OUTPUT_BYTES } from './known-row.js';
import { PayloadsRepository } from './payloads/payloads.repository.js';
import { WaitsReadModel } from './waits/waits.read-model.js';

const LOG_LINES_PER_PAGE = 1_000;

/** Everything that can be asked about runs, ready to be sent. */
@Injectable()
export class ExecutionsQueries {
  constructor(
    private readonly lists: ExecutionListReadModel,
    private readonly details: ExecutionDetailReadModel,
    private readonly logRows: ExecutionLogsRepository,
    private readonly eventRows: ExecutionEventsRepository,
    private readonly waits: WaitsReadModel,
    private readonly payloads: PayloadsRepository,
    private readonly cursors: CursorCodec,
  ) {}

  async list({ cursor, limit, ...filter }: ListExecutionsQuery): Promise<Page<ExecutionSummaryResponse>> {
    const list = `executions:${OrgContext.require()}`;
    const before = cursor === undefined ? null : this.cursors.decode(list, cursor).id;
    const rows = await this.lists.find(filter, before, limit + 1);
    const page = this.cursors.page(list, rows, limit, ({ id, createdAt }) => ({ id, at: createdAt.toISOString() }));
    return { ...page, data: page.data.map(toSummary) };
  }

  async get(id: string): Promise<ExecutionResponse> {
    const row = await this.details.get(id);
    return toDetail(row, isFinal(row.status) ? [] : await this.waits.openOfExecution(id));
  }

  /** With its output even if that is large, within reason: for whoever waited for it. */
  async getWithOutput(id: string): Promise<ExecutionResponse> {
    const run = await this.get(id);
    const { output: reference, ...large } = run.large ?? {};
    if (!reference || reference.bytes > WHOLE_OUTPUT_BYTES) return run;
    const stored = await this.payloads.find(id, reference.hash);
    return {
      ...run,
      output: JSON.parse(stored?.content ?? 'null') as unknown,
      large: Object.keys(large).length > 0 ? large : null,
    };
  }

  async logs(id: string, after: number): Promise<ExecutionLogPageResponse> {
    await this.exists(id);
    const lines = await this.logRows.findAfter(id, after, LOG_LINES_PER_PAGE + 1);
    return { data: lines.slice(0, LOG_LINES_PER_PAGE).map(toLogLine), hasMore: lines.length > LOG_LINES_PER_PAGE };
  }

  /** What the log holds after a sequence number, bounded; `finished` once nothing can follow. */
  async events(id: string, after: number): Promise<ExecutionEventPageResponse> {
    const state = await this.eventRows.findState(id);
    if (!state) throw executionNotFound();
    const chunks = await this.eventRows.findAfter(id, after);
    const data = chunks.flatMap(({ events }) => events).filter(({ seq }) => seq > after);
    const lastSeq = data.at(-1)?.seq ?? Math.min(after, state.lastSeq);
    return { data, lastSeq, finished: state.finished && lastSeq >= state.lastSeq };
  }

  private async exists(id: string): Promise<void> {
    if (!(await this.eventRows.findState(id))) throw executionNotFound();
  }
}
