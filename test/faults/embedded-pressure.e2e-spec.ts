import { tellFamily } from './tell-family.js';

/** Real: the process, its embedded stores, and the fault. Fake: the outside world and the models, which remember everything. */
describe('the embedded set-up, pressed', () => tellFamily('pressed', 'embedded'));
