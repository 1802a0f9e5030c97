import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram } from 'prom-client';
import { MetricsRegistry } from '#platform/metrics';
import type { RunEnd } from './run-end.js';

/** What the engine tells Prometheus. No label carries an organisation, agent or run: their number has no bound. */
@Injectable()
export class ExecutionsMetrics {
  readonly active: Gauge;
  readonly conversations: Gauge;
  readonly journalEntries: Histogram;
  readonly resumed: Counter;
  private readonly requests: Counter<'status'>;
  private readonly latency: Histogram<'status'>;

  constructor({ registry }: MetricsRegistry) {
    const registers = [registry];
    this.requests = new Counter({
      name: 'agent_requests_total',
      help: 'Runs that ended, by status.',
      labelNames: ['status'],
      registers,
    });
    this.latency = new Histogram({
      name: 'agent_latency_seconds',
      help: 'From acceptance to end of a run.',
      labelNames: ['status'],
      buckets: [0.005, 0.02, 0.1, 0.5, 1, 2, 5, 15, 60, 300, 1_800],
      registers,
    });
    this.active = new Gauge({ name: 'agentflow_runs_active', help: 'Runs that this process works on.', registers });
    this.resumed = new Counter({
      name: 'agentflow_runs_resumed_total',
      help: 'Runs taken over from a process that fell silent.',
      registers,
    });
    this.journalEntries = new Histogram({
      name: 'agentflow_journal_batch_entries',
      help: 'Entries per group commit.',
      buckets: [1, 2, 5, 10, 25, 50, 100, 256],
      registers,
    });
    this.conversations = new Gauge({
      name: 'agent_active_conversations',
      help: 'Runs whose starter is waiting for the answer on an open connection.',
      registers,
    });
  }

  ended(end: RunEnd, acceptedAt: number): void {
    this.requests.inc({ status: end.status });
    this.latency.observe({ status: end.status }, (end.finishedAt - acceptedAt) / 1000);
  }
}
