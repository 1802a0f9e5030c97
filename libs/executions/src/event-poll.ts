import { currentPrincipal } from '#auth';
import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { ExecutionEventPageResponse } from './dto/execution-detail-response.dto.js';
import type { EventsQuery } from './dto/events-query.dto.js';
import { ExecutionStream } from './execution-stream.js';
import { ExecutionsQueries } from './executions.queries.js';
import { credentialGone } from './executions.errors.js';
import { Watchers } from './watchers.js';

/** Long poll over the event log, for clients that can do neither sockets nor SSE. */
@Injectable()
export class EventPoll {
  constructor(
    private readonly queries: ExecutionsQueries,
    private readonly stream: ExecutionStream,
    private readonly watchers: Watchers,
  ) {}

  /** Answers at once when there is something after `after` or the run has ended, otherwise with the next event or after the time. */
  async next(id: string, { after, waitSeconds }: EventsQuery, response: Response): Promise<ExecutionEventPageResponse> {
    const present = await this.queries.events(id, after);
    if (present.data.length > 0 || present.finished || waitSeconds === 0) return present;
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    let revoked = false;
    const leave = this.watchers.add({
      principal: currentPrincipal(),
      revoked: () => {
        revoked = true;
        gone.abort();
      },
      draining: () => gone.abort(),
    });
    const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(waitSeconds * 1000)]);
    const events = this.stream.follow(id, after, signal);
    await events.next().finally(leave);
    await events.return();
    if (revoked) throw credentialGone();
    return this.queries.events(id, after);
  }
}
