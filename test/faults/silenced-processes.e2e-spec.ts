import { tellFamily } from './tell-family.js';

/** Real: every process, Postgres, Redis, and the fault. Fake: the outside world and the models, which remember everything. */
describe('processes that fall silent', () => tellFamily('silenced', 'cluster'));
