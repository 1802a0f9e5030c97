/** The one place that reads the environment: checked whole at start, everything wrong listed at once, then typed slices. */
export { ENVIRONMENT } from './environment.js';
export { type Role, type Settings, loadProcessSettings, loadSettings } from './settings.js';
export { SettingsError } from './settings-error.js';
export { InjectSettings, SETTINGS, SettingsModule } from './settings.module.js';
export { beginKeyChange, endKeyChange, ensureSecrets } from './secrets-file.js';
export { prepareDataDirectory } from './data-directory.js';
