// Parsed by any Node since 12, so that an old one meets a clear refusal instead of a syntax error: new syntax starts behind the second import.
import './launch/check-node.mjs';

import('./checking/run-checks.mjs');
