/** Start-up cannot go on; each line says what is wrong and how to mend it, without a stack. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
  }
}
