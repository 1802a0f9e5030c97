import { loadedModules } from './loaded-modules.js';

const drivers =
  /^(pg|mariadb|mysql2?|mongodb|ioredis|redis|bull|bullmq|nodemailer|ldapts|ssh2)(\/|$)|^(node:)?(child_process|cluster)$|^@modelcontextprotocol\/sdk\/client\/(stdio|websocket)(\.js)?$/;
const message =
  '"{{what}}" opens connections or starts programs by itself. What a user may aim goes through #platform/egress; what belongs to the operator stands in the files that .config/eslint/zones.js lists as driverOwners.';

/** Keeps what speaks another protocol than HTTP, or starts another program, in the few files that were looked at. */
export const noBareDriver = {
  meta: { type: 'problem', schema: [], messages: { driver: message } },
  create(context) {
    return loadedModules(
      (node, what) => drivers.test(what) && context.report({ node, messageId: 'driver', data: { what } }),
    );
  },
};
