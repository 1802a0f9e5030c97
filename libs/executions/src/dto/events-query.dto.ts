import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

const LARGEST_SEQ = 2_147_483_647;

export class StreamQuery {
  @ApiPropertyOptional({ minimum: 0, default: 0, description: 'Only events with a larger sequence number.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(LARGEST_SEQ)
  after: number = 0;
}

export class EventsQuery extends StreamQuery {
  @ApiPropertyOptional({
    minimum: 0,
    maximum: 60,
    default: 0,
    description: 'How long to wait for the next event when there is none.',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(60)
  waitSeconds: number = 0;
}
