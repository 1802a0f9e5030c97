import { tellFamily } from './tell-family.js';

/** Real: every process, Postgres, Redis, and the fault. Fake: the outside world and the models, which remember everything. */
describe('what comes twice, too much or never ends', () => tellFamily('pressed', 'cluster'));
