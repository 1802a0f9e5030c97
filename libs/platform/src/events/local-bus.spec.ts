import { describeLiveBus } from './live-bus.contract.js';
import { LocalBus } from './local-bus.js';

describeLiveBus('The bus within a process', () => new LocalBus());
