import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { once } from 'node:events';
import { payloadNotFound } from '../executions.errors.js';
import { PayloadsRepository } from './payloads.repository.js';

/** How much goes to a slow reader at once. */
const CHUNK_BYTES = 256 * 1024;

/** A reader that takes nothing for so long is let go. */
const STUCK_MS = 60_000;

/** Sends one large value as it was stored, at the pace of its reader. */
@Injectable()
export class PayloadAnswer {
  constructor(private readonly payloads: PayloadsRepository) {}

  /** @throws AppError not found, also for a value that another run refers to */
  async send(executionId: string, hash: string, asFile: boolean, response: Response): Promise<void> {
    const payload = await this.payloads.find(executionId, hash);
    if (!payload) throw payloadNotFound();
    const bytes = Buffer.from(payload.content);
    response.status(200);
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.setHeader('Content-Length', bytes.length);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    // What a hash names never changes; who may read it does.
    response.setHeader('Cache-Control', 'private, no-cache');
    response.setHeader('ETag', `"${hash}"`);
    if (asFile) {
      response.setHeader('Content-Disposition', `attachment; filename="${executionId}-${hash.slice(0, 12)}.json"`);
    }
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    for (let at = 0; at < bytes.length && !gone.signal.aborted; at += CHUNK_BYTES) {
      if (response.write(bytes.subarray(at, at + CHUNK_BYTES))) continue;
      await once(response, 'drain', { signal: AbortSignal.any([gone.signal, AbortSignal.timeout(STUCK_MS)]) }).catch(
        () => response.destroy(),
      );
    }
    response.end();
  }
}
