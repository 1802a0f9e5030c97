import 'reflect-metadata';
import { migrations } from '#migrations';
import { layFoundation, runProcess } from '#platform/boot';
import { beginKeyChange, endKeyChange, loadProcessSettings, SettingsError } from '#platform/config';
import { SecretBox } from '#platform/secrets';
import { KeyRotation, OrgDatabase, type RotatedColumn } from '#tenancy';

/**
 * `npm run rotate-key`: seals again, with the key of today, whatever an earlier one sealed. With ENCRYPTION_KEY in the
 * environment, the earlier keys are those of ENCRYPTION_KEY_PREVIOUS; without it, a new key is made and kept in the data
 * directory. May be stopped and run again.
 */
runProcess(async () => {
  const checked = loadProcessSettings('api');
  const isKept = checked.encryptionKey === null;
  if (isKept) beginKeyChange(checked);
  const { settings, database } = await layFoundation('api', migrations);
  const box = new SecretBox(settings.encryptionKey ?? '', settings.earlierEncryptionKeys);
  const columns = await new KeyRotation(new OrgDatabase(database), box).rotate();
  await database.close();
  for (const column of columns) process.stdout.write(`${told(column)}\n`);
  const unreadable = columns.reduce((sum, column) => sum + column.unreadable, 0);
  if (unreadable > 0) {
    throw new SettingsError([
      `${unreadable} secrets were sealed with a key that is not known here. Name it in ENCRYPTION_KEY_PREVIOUS and run this again.`,
    ]);
  }
  if (isKept) endKeyChange(settings);
  process.stdout.write(
    isKept
      ? 'Everything is sealed with the new key, which is kept in the data directory. Restart what is running.\n'
      : 'Everything is sealed with ENCRYPTION_KEY. ENCRYPTION_KEY_PREVIOUS is not needed any more.\n',
  );
  setImmediate(() => process.exit(0));
  return { drainMs: 0, stop: () => Promise.resolve() };
});

function told({ table, column, rotated, unreadable }: RotatedColumn): string {
  const lost = unreadable === 0 ? '' : `, ${unreadable} unreadable`;
  return `${table}.${column}: ${rotated} sealed again${lost}`;
}
