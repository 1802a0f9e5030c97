import { ApiProperty } from '@nestjs/swagger';
import type { CurrentSecret } from '../signing-secrets.service.js';

export class SigningSecretResponse {
  @ApiProperty({ example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', description: 'Verifies callbacks.' })
  secret!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Until then callbacks carry a signature of the secret before as well; null when there is none.',
  })
  previousSignsUntil!: string | null;

  static from({ secret, createdAt, previousSignsUntil }: CurrentSecret): SigningSecretResponse {
    return {
      secret,
      createdAt: createdAt.toISOString(),
      previousSignsUntil: previousSignsUntil?.toISOString() ?? null,
    };
  }
}
