import { Global, Module } from '@nestjs/common';
import { SETTINGS, type Settings } from '../config/index.js';
import { SecretBox } from './secret-box.js';

/** Provides {@link SecretBox} under the installation's ENCRYPTION_KEY, and those of ENCRYPTION_KEY_PREVIOUS to open what is older. */
@Global()
@Module({
  providers: [
    {
      provide: SecretBox,
      inject: [SETTINGS],
      useFactory: ({ encryptionKey, earlierEncryptionKeys }: Settings) => {
        if (encryptionKey === null) throw new Error('There is no ENCRYPTION_KEY. Call ensureSecrets(settings) first.');
        return new SecretBox(encryptionKey, earlierEncryptionKeys);
      },
    },
  ],
  exports: [SecretBox],
})
export class SecretsModule {}
