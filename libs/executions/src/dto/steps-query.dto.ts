import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

export class StepsQuery {
  @ApiPropertyOptional({ minimum: 1, maximum: 500, default: 100, description: 'Finished steps on a page.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit: number = 100;

  @ApiPropertyOptional({ description: '`nextCursor` of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(2048)
  cursor?: string;

  @ApiPropertyOptional({ description: 'Only the step with this path.' })
  @IsOptional()
  @IsString()
  @MaxLength(1024)
  path?: string;

  @ApiPropertyOptional({
    enum: ['all', 'nodes'],
    default: 'all',
    description: '`nodes`: the latest step of each node, without the steps inside of nodes; one page.',
  })
  @IsOptional()
  @IsIn(['all', 'nodes'])
  of: 'all' | 'nodes' = 'all';
}
