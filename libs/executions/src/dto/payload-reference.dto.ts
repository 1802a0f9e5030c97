import { ApiProperty, type ApiPropertyOptions, getSchemaPath } from '@nestjs/swagger';

/** Stands for a value that is too large to be sent along. */
export class PayloadReferenceResponse {
  @ApiProperty({ description: 'SHA-256 of its JSON text; fetch it at `/executions/{id}/payloads/{hash}`.' })
  hash!: string;

  @ApiProperty({ type: 'integer', description: 'Bytes of its JSON text.' })
  bytes!: number;

  @ApiProperty({ description: 'How its JSON text begins; at most 2 KiB.' })
  preview!: string;
}

/** Schema of a `large` field. */
export function largeFieldsSchema(fields: string): ApiPropertyOptions {
  return {
    type: 'object',
    nullable: true,
    additionalProperties: { $ref: getSchemaPath(PayloadReferenceResponse) },
    description: `Values over 64 KiB by the name of their field (${fields}); the field itself is null, an error has the beginning of its message.`,
  };
}
