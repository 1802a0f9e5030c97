import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches, MaxLength } from 'class-validator';
import { AsSent } from '#platform/http';
import { anyJson } from '../../dto/any-json.js';

export class SendEventDto {
  @ApiProperty({ example: 'order-paid', maxLength: 200 })
  @Matches(/^[^\p{Cc}]+$/u, { message: 'name must be text without control characters' })
  @MaxLength(200)
  name!: string;

  @ApiProperty({
    required: false,
    example: 'order-4711',
    maxLength: 500,
    description: 'Which one of those that wait for this name; runs that wait for any get it too.',
  })
  @IsOptional()
  @Matches(/^[^\p{Cc}]*$/u, { message: 'correlation must be text without control characters' })
  @MaxLength(500)
  correlation?: string;

  @ApiPropertyOptional(anyJson('What the waiting steps give as their output.'))
  @AsSent()
  @IsOptional()
  data?: unknown;
}

export class EventSentResponse {
  @ApiProperty({ description: 'How many waits it answered.' })
  answered!: number;
}
