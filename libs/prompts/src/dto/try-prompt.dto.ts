import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsObject,
  IsUUID,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { Candidate, PromptSource, Trial, Values } from '../trials/prompt-trials.service.js';
import type { RenderedPrompt } from '../content/render-prompt.js';
import { IsPlainText } from './is-plain-text.decorator.js';
import { PromptContentDto, PromptParametersDto } from './prompt-content.dto.js';

/** Either the words themselves or the version that has them. */
export class PromptSourceDto {
  @ApiPropertyOptional({
    type: PromptContentDto,
    description: 'Words that need not be saved. Or promptId and version.',
  })
  @ValidateIf(({ draft, promptId }: PromptSourceDto) => draft !== undefined || promptId === undefined)
  @IsObject()
  @ValidateNested()
  @Type(() => PromptContentDto)
  draft?: PromptContentDto;

  @ApiPropertyOptional({ format: 'uuid' })
  @ValidateIf(({ draft, promptId }: PromptSourceDto) => draft === undefined || promptId !== undefined)
  @IsUUID()
  promptId?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1 })
  @ValidateIf(({ promptId, version }: PromptSourceDto) => promptId !== undefined || version !== undefined)
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  version?: number;

  /** Unsaved words win over a version that is named as well. */
  static read({ draft, promptId = '', version = 0 }: PromptSourceDto): PromptSource {
    return draft === undefined ? { promptId, version } : { draft: PromptContentDto.read(draft) };
  }
}

const VALUES = {
  type: 'object',
  additionalProperties: true,
  description: 'Values by the names of the variables.',
  example: { text: 'The meeting was moved to Thursday.' },
} as const;

export class RenderPromptDto extends PromptSourceDto {
  @ApiProperty(VALUES)
  // As they were sent: class-transformer would copy them without some of their keys.
  @Transform(({ obj }: { obj: { variables?: unknown } }) => obj.variables)
  @IsObject()
  variables!: Values;
}

export class TryCandidateDto extends PromptSourceDto {
  @ApiProperty({ maxLength: 200, example: 'simulated/offline' })
  @IsPlainText(3, 200)
  @Matches(/^[\w.-]+\/[\w.:@/-]+$/, { message: '$property must be provider/model, for example simulated/offline' })
  model!: string;

  @ApiPropertyOptional({ type: PromptParametersDto, default: {} })
  @IsObject()
  @ValidateNested()
  @Type(() => PromptParametersDto)
  parameters: PromptParametersDto = new PromptParametersDto();

  static readCandidate(candidate: TryCandidateDto): Candidate {
    return {
      source: PromptSourceDto.read(candidate),
      model: candidate.model,
      parameters: PromptParametersDto.read(candidate.parameters),
    };
  }
}

export class TryPromptsDto {
  @ApiProperty({ type: [TryCandidateDto], minItems: 2, maxItems: 4 })
  @IsArray()
  @ArrayMinSize(2)
  @ArrayMaxSize(4)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => TryCandidateDto)
  candidates!: TryCandidateDto[];

  @ApiProperty({
    ...VALUES,
    description: 'Values by the names of the variables; each candidate takes those it declares.',
  })
  @Transform(({ obj }: { obj: { variables?: unknown } }) => obj.variables)
  @IsObject()
  variables!: Values;
}

export class RenderedPromptResponse {
  @ApiProperty({ description: 'Empty when the model is told nothing about itself.' })
  system!: string;

  @ApiProperty()
  user!: string;

  static from({ system, user }: RenderedPrompt): RenderedPromptResponse {
    return { system, user };
  }
}

export class TrialResponse extends RenderedPromptResponse {
  @ApiProperty({ format: 'uuid', description: 'The run that asks the model; follow it like any other.' })
  executionId!: string;

  static override from({ executionId, ...words }: Trial): TrialResponse {
    return { ...RenderedPromptResponse.from(words), executionId };
  }
}

export class TrialsResponse {
  @ApiProperty({ type: [TrialResponse], description: 'In the order of the candidates.' })
  data!: TrialResponse[];

  static from(trials: readonly Trial[]): TrialsResponse {
    return { data: trials.map(TrialResponse.from) };
  }
}
