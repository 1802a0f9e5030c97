import { Injectable } from '@nestjs/common';
import { EndedRunReadModel } from './ended-run.read-model.js';

/** Receivers read messages whole; what is longer is fetched by whoever wants it. */
const MAX_OUTPUT_BYTES = 256 * 1024;

/** What a callback says. Made from the row each time, so it is the same at every attempt. */
@Injectable()
export class CallbackMessages {
  constructor(private readonly ended: EndedRunReadModel) {}

  /** The body as JSON text; null when the run is gone. */
  async of(executionId: string): Promise<string | null> {
    const run = await this.ended.find(executionId, MAX_OUTPUT_BYTES);
    return run && JSON.stringify({ type: 'execution.finished', timestamp: run.finishedAt, data: run.data });
  }
}
