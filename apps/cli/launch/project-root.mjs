import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** The folder that holds package.json. */
export const projectRoot = fileURLToPath(new URL('../../../', import.meta.url));

/** An absolute path inside the project. */
export const inProject = (...parts) => join(projectRoot, ...parts);
