import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram } from 'prom-client';
import { MetricsRegistry } from '#platform/metrics';
import { type EndedAttempt, type ModelHealth, ProviderRouter } from '#providers';

/** Organisations name models and services as they like, and a label must not grow with that. */
const OTHER = 'other';
const STATES = { closed: 0, 'half-open': 1, open: 2 } as const;

type ModelLabels = 'provider' | 'model';

/** What model calls tell Prometheus. Labels are names of the bundled catalogue; everything else counts as `other`. */
@Injectable()
export class ModelsMetrics {
  private readonly listed: ReadonlySet<string>;
  private readonly calls: Counter<ModelLabels | 'outcome'>;
  private readonly latency: Histogram<ModelLabels>;
  private readonly firstToken: Histogram<ModelLabels>;
  private readonly tokens: Counter<ModelLabels | 'direction'>;
  private readonly cost: Counter<ModelLabels>;
  private readonly blockedCalls: Counter;

  constructor({ registry }: MetricsRegistry, router: ProviderRouter) {
    this.listed = new Set(router.models().map(({ id }) => id));
    const registers = [registry];
    const labelNames = ['provider', 'model'] as const;
    this.calls = new Counter({
      name: 'agentflow_model_attempts_total',
      help: 'Attempts at model providers, by outcome: ok, or the code of the error.',
      labelNames: [...labelNames, 'outcome'],
      registers,
    });
    const buckets = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600];
    this.latency = new Histogram({
      name: 'agentflow_model_latency_seconds',
      help: 'From sending to the end of the answer, of attempts that answered.',
      labelNames,
      buckets,
      registers,
    });
    this.firstToken = new Histogram({
      name: 'agentflow_model_first_token_seconds',
      help: 'From sending to the first text or tool call.',
      labelNames,
      buckets,
      registers,
    });
    this.tokens = new Counter({
      name: 'agent_tokens_used_total',
      help: 'Tokens of model calls, lost attempts included.',
      labelNames: [...labelNames, 'direction'],
      registers,
    });
    this.cost = new Counter({
      name: 'agent_cost_usd_total',
      help: 'Known cost of model calls in US dollars.',
      labelNames,
      registers,
    });
    this.blockedCalls = new Counter({
      name: 'agentflow_guard_blocked_total',
      help: 'Model calls that the guards have refused.',
      registers,
    });
    new Gauge({
      name: 'agentflow_model_breaker_state',
      help: 'Worst circuit breaker of a model in this process: 0 closed, 1 half-open, 2 open.',
      labelNames,
      registers,
      collect: this.breakers(() => router.health()),
    });
  }

  ended({ model, errorCode, usage, latencyMs, firstTokenMs }: EndedAttempt): void {
    const labels = this.labelsOf(model.id);
    this.calls.inc({ ...labels, outcome: errorCode ?? 'ok' });
    if (errorCode === null) this.latency.observe(labels, latencyMs / 1000);
    if (firstTokenMs !== null) this.firstToken.observe(labels, firstTokenMs / 1000);
    this.tokens.inc({ ...labels, direction: 'input' }, usage.inputTokens);
    this.tokens.inc({ ...labels, direction: 'output' }, usage.outputTokens);
    if (usage.costMicroUsd !== null) this.cost.inc(labels, usage.costMicroUsd / 1_000_000);
  }

  blocked(): void {
    this.blockedCalls.inc();
  }

  private breakers(health: () => ModelHealth[]): (this: Gauge<ModelLabels>) => void {
    const labelsOf = (model: string): Record<ModelLabels, string> => this.labelsOf(model);
    return function collect() {
      this.reset();
      const worst = new Map<string, { labels: Record<ModelLabels, string>; state: number }>();
      for (const { model, state } of health()) {
        const labels = labelsOf(model);
        const key = `${labels.provider} ${labels.model}`;
        if ((worst.get(key)?.state ?? -1) < STATES[state]) worst.set(key, { labels, state: STATES[state] });
      }
      for (const { labels, state } of worst.values()) this.set(labels, state);
    };
  }

  private labelsOf(model: string): Record<ModelLabels, string> {
    if (!this.listed.has(model)) return { provider: OTHER, model: OTHER };
    const slash = model.indexOf('/');
    return { provider: model.slice(0, slash), model: model.slice(slash + 1) };
  }
}
