import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { AsSent } from '#platform/http';
import { anyJson } from '../../dto/any-json.js';

export class DecideWaitDto {
  @ApiProperty({ example: 'approved', description: 'One of the `decisions` of the wait.' })
  @IsString()
  @MaxLength(100)
  decision!: string;

  @ApiProperty({ description: 'The `payloadHash` of what was looked at: a decision is about exactly that.' })
  @Matches(/^[0-9a-f]{64}$/, { message: 'payloadHash must be the payloadHash of the wait, unchanged' })
  payloadHash!: string;

  @ApiPropertyOptional(anyJson('Must fit the form of the wait, when it has one.'))
  @AsSent()
  @IsOptional()
  data?: unknown;
}
