import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const MODEL = 'An agent’s slug, slug@version, or provider/model with the permission models:call.';

/** Documents the body; `chatCompletionSchema` checks it. */
export class ChatCompletionRequest {
  @ApiProperty({ description: MODEL, example: 'ticket-triage' })
  model!: string;

  @ApiProperty({
    type: 'array',
    items: { type: 'object' },
    description:
      'The conversation so far, oldest first. `image_url` parts of the user are an http(s) address, which is fetched, or a data: URL: PNG, JPEG, GIF or WebP of at most 5 MiB.',
  })
  messages!: object[];

  @ApiPropertyOptional({ description: 'Answer with server-sent events.' })
  stream?: boolean;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: '`include_usage`: usage in the last chunk.',
  })
  stream_options?: object;

  @ApiPropertyOptional({ minimum: 0, maximum: 2 })
  temperature?: number;

  @ApiPropertyOptional({ maximum: 1 })
  top_p?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 1 })
  max_completion_tokens?: number;

  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'object' },
    description: 'Tools of the client’s own; their calls go back to it.',
  })
  tools?: object[];

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  response_format?: object;
}

/** Documents the body; `responseSchema` checks it. */
export class ResponseRequest {
  @ApiProperty({ description: MODEL, example: 'ticket-triage' })
  model!: string;

  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'object' } }] })
  input!: unknown;

  @ApiPropertyOptional()
  instructions?: string;

  @ApiPropertyOptional({ description: 'Goes on with an earlier response of the same caller.' })
  previous_response_id?: string;

  @ApiPropertyOptional({ description: 'Answer with server-sent events.' })
  stream?: boolean;

  @ApiPropertyOptional({ type: 'array', items: { type: 'object' }, description: 'Tools of the client’s own.' })
  tools?: object[];
}

/** Documents the body; `embeddingsSchema` checks it. */
export class EmbeddingsRequest {
  @ApiProperty({ description: 'An embedding model as provider/model.', example: 'simulated/lexical' })
  model!: string;

  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] })
  input!: unknown;

  @ApiPropertyOptional({ enum: ['float', 'base64'], default: 'float' })
  encoding_format?: string;
}
