/** Prometheus metrics of this process; each domain registers its own series. */
export { MetricsModule } from './metrics.module.js';
export { MetricsRegistry } from './metrics-registry.js';
