import { Injectable } from '@nestjs/common';
import { CursorCodec, type Page } from '#platform/http';
import { OrgContext } from '#tenancy';
import { executionNotFound } from '../executions.errors.js';
import { ExecutionsRepository } from '../executions.repository.js';
import type { ListWaitsQuery } from './dto/list-waits.dto.js';
import type { WaitResponse } from './dto/wait-response.dto.js';
import { toWait } from './wait-presenter.js';
import { WaitsReadModel } from './waits.read-model.js';

/** What runs wait for, ready to be sent. */
@Injectable()
export class WaitsQueries {
  constructor(
    private readonly waits: WaitsReadModel,
    private readonly executions: ExecutionsRepository,
    private readonly cursors: CursorCodec,
  ) {}

  async list({ cursor, limit, ...filter }: ListWaitsQuery): Promise<Page<WaitResponse>> {
    const list = `waits:${OrgContext.require()}`;
    const before = cursor === undefined ? null : this.cursors.decode(list, cursor).id;
    const rows = await this.waits.list(filter, before, limit + 1);
    const page = this.cursors.page(list, rows, limit, ({ id, createdAt }) => ({ id, at: createdAt.toISOString() }));
    return { ...page, data: page.data.map(toWait) };
  }

  /** @throws AppError not found */
  async ofExecution(executionId: string): Promise<WaitResponse[]> {
    const rows = await this.waits.ofExecution(executionId);
    if (rows.length === 0 && !(await this.executions.findById(executionId))) throw executionNotFound();
    return rows.map(toWait);
  }
}
