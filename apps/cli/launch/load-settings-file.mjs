import { existsSync } from 'node:fs';
import { inProject } from './project-root.mjs';

/** Takes settings from `.env` when there is one. What the environment already says wins. */
export function loadSettingsFile() {
  const path = inProject('.env');
  if (existsSync(path)) process.loadEnvFile(path);
}
