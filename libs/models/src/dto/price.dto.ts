import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsISO8601, IsOptional, Matches, Max, Min, ValidateIf, ValidateNested } from 'class-validator';
import type { DatedPrice } from '#providers';

/** A thousand dollars for a thousand tokens. */
const DEAREST = 1_000_000_000_000;
const LONGEST_INPUT = 100_000_000;

const Rate =
  (description: string): PropertyDecorator =>
  (target, key) => {
    ApiProperty({ type: 'integer', minimum: 0, maximum: DEAREST, description })(target, key);
    IsInt()(target, key);
    Min(0)(target, key);
    Max(DEAREST)(target, key);
  };

export class LongContextPriceDto {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: LONGEST_INPUT })
  @IsInt()
  @Min(1)
  @Max(LONGEST_INPUT)
  aboveInputTokens!: number;

  @Rate('Input.')
  inputMicroUsd!: number;

  @Rate('Input from the provider’s cache.')
  cachedInputMicroUsd!: number;

  @Rate('Output.')
  outputMicroUsd!: number;
}

/** Integer micro-USD per million tokens: 150000 is $0.15 for a million. */
export class DatedPriceDto {
  @ApiProperty({
    type: String,
    nullable: true,
    format: 'date',
    example: '2026-07-30',
    description: 'First day, in UTC, on which it holds; null: from the beginning.',
  })
  @ValidateIf((_object, value: unknown) => value !== null)
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'validFrom must be a day such as 2026-07-30, or null' })
  @IsISO8601({ strict: true })
  validFrom!: string | null;

  @Rate('Input.')
  inputMicroUsd!: number;

  @Rate('Input from the provider’s cache.')
  cachedInputMicroUsd!: number;

  @Rate('Output.')
  outputMicroUsd!: number;

  @ApiPropertyOptional({ type: LongContextPriceDto, description: 'Rates of the whole call when its input is longer.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => LongContextPriceDto)
  longContext?: LongContextPriceDto;

  static from({
    validFrom,
    inputMicroUsd,
    cachedInputMicroUsd,
    outputMicroUsd,
    longContext,
  }: DatedPrice): DatedPriceDto {
    return { validFrom, inputMicroUsd, cachedInputMicroUsd, outputMicroUsd, ...(longContext && { longContext }) };
  }
}
