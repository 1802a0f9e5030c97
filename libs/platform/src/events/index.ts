/** Live messages between those who cause and those who watch: direct within a process, through Redis between processes. Lossy by design: the event log is the truth. */
export { LiveBus } from './live-bus.js';
export { LiveBusModule } from './live-bus.module.js';
export { LocalBus } from './local-bus.js';
