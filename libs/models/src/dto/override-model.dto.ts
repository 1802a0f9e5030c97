import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { DatedPriceDto } from './price.dto.js';

const LONGEST_CONTEXT = 100_000_000;

export class ListModelsQuery {
  @ApiPropertyOptional({ enum: ['language', 'embedding'], description: 'Both when left out.' })
  @IsOptional()
  @IsIn(['language', 'embedding'])
  kind?: 'language' | 'embedding';
}

/** Replaces what your organisation says about a model; null and empty: what the catalogue says holds. */
export class OverrideModelDto {
  @ApiProperty({ description: 'False: agents may not use it.' })
  @IsBoolean()
  enabled!: boolean;

  @ApiPropertyOptional({ type: String, nullable: true, minLength: 1, maxLength: 120 })
  @IsOptional()
  @IsString()
  @Length(1, 120)
  label?: string | null;

  @ApiPropertyOptional({ type: 'integer', nullable: true, minimum: 1, maximum: LONGEST_CONTEXT })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LONGEST_CONTEXT)
  contextWindow?: number | null;

  @ApiPropertyOptional({ type: 'integer', nullable: true, minimum: 1, maximum: 1_000_000 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  maxOutputTokens?: number | null;

  @ApiPropertyOptional({
    type: [DatedPriceDto],
    maxItems: 20,
    description: 'One for each day from which another holds.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique(({ validFrom }: DatedPriceDto) => validFrom)
  @ValidateNested({ each: true })
  @Type(() => DatedPriceDto)
  prices?: DatedPriceDto[];
}
