/** For tests only: a host and an outside world in memory, and short ways to write graphs. */
export { FakeStepServices, SOME_USAGE, type FakeAnswers, type FakeTool } from './fake-step-services.js';
export { edges, graph, node, summariseGraph } from './graph.factory.js';
export { MemoryRunHost, type MemoryRunHostOptions, type RecordedEvent } from './memory-run-host.js';
