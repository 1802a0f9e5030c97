import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import {
  PROMPT_LIMITS,
  type PromptContent,
  type PromptParameters,
  VARIABLE_TYPES,
  type VariableType,
} from '../content/prompt-content.js';
import { MayBeAbsent } from './may-be-absent.decorator.js';

const NO_NUL = /^[^\0]*$/;
const NUL_MESSAGE = { message: '$property must not contain a NUL character' };

export class PromptVariableDto {
  @ApiProperty({ maxLength: PROMPT_LIMITS.variableNameLength, example: 'ticket' })
  @IsString()
  @MaxLength(PROMPT_LIMITS.variableNameLength)
  @Matches(NO_NUL, NUL_MESSAGE)
  name!: string;

  @ApiProperty({ enum: VARIABLE_TYPES })
  @IsIn(VARIABLE_TYPES)
  type!: VariableType;

  @ApiPropertyOptional({ maxLength: PROMPT_LIMITS.descriptionLength, default: '' })
  @IsString()
  @MaxLength(PROMPT_LIMITS.descriptionLength)
  @Matches(NO_NUL, NUL_MESSAGE)
  description: string = '';

  @ApiPropertyOptional({
    maxLength: PROMPT_LIMITS.exampleLength,
    default: '',
    description: 'As somebody would type it: plain for text, JSON for everything else.',
  })
  @IsString()
  @MaxLength(PROMPT_LIMITS.exampleLength)
  @Matches(NO_NUL, NUL_MESSAGE)
  example: string = '';

  @ApiPropertyOptional({ default: true, description: 'Whether it has to have a value.' })
  @IsBoolean()
  required: boolean = true;
}

export class PromptParametersDto {
  @ApiPropertyOptional({ minimum: 0, maximum: 2 })
  @MayBeAbsent()
  @IsNumber()
  @Min(0)
  @Max(2)
  temperature?: number;

  @ApiPropertyOptional({ minimum: 0.01, maximum: 1 })
  @MayBeAbsent()
  @IsNumber()
  @Min(0.01)
  @Max(1)
  topP?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 1_000_000, description: 'Longest answer, in tokens.' })
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  maxTokens?: number;

  static read({ temperature, topP, maxTokens }: PromptParametersDto): PromptParameters {
    return {
      ...(temperature !== undefined && { temperature }),
      ...(topP !== undefined && { topP }),
      ...(maxTokens !== undefined && { maxTokens }),
    };
  }
}

/** What a draft or a version says. */
export class PromptContentDto {
  @ApiPropertyOptional({
    maxLength: PROMPT_LIMITS.textLength,
    default: '',
    description: 'Liquid over the variables: who the model is and how it answers.',
    example: 'You answer in one short paragraph.',
  })
  @IsString()
  @MaxLength(PROMPT_LIMITS.textLength)
  @Matches(NO_NUL, NUL_MESSAGE)
  system: string = '';

  @ApiProperty({
    maxLength: PROMPT_LIMITS.textLength,
    description: 'Liquid over the variables: what the model is asked.',
    example: 'Summarise this: {{ text }}',
  })
  @IsString()
  @MaxLength(PROMPT_LIMITS.textLength)
  @Matches(NO_NUL, NUL_MESSAGE)
  user!: string;

  @ApiPropertyOptional({ type: [PromptVariableDto], maxItems: PROMPT_LIMITS.variables, default: [] })
  @IsArray()
  @ArrayMaxSize(PROMPT_LIMITS.variables)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => PromptVariableDto)
  variables: PromptVariableDto[] = [];

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    maxLength: 200,
    description: 'provider/model that it was written for; agents choose their own.',
    example: 'simulated/offline',
  })
  @ValidateIf((_body: unknown, value: unknown) => value !== null)
  @IsString()
  @MaxLength(200)
  @Matches(NO_NUL, NUL_MESSAGE)
  model: string | null = null;

  @ApiPropertyOptional({ type: PromptParametersDto, default: {} })
  @IsObject()
  @ValidateNested()
  @Type(() => PromptParametersDto)
  parameters: PromptParametersDto = new PromptParametersDto();

  /** In the one order of fields that is kept. */
  static read({ system, user, variables, model, parameters }: PromptContentDto): PromptContent {
    return {
      system,
      user,
      variables: variables.map(({ name, type, description, example, required }) => ({
        name,
        type,
        description,
        example,
        required,
      })),
      model: model === '' ? null : model,
      parameters: PromptParametersDto.read(parameters),
    };
  }
}
