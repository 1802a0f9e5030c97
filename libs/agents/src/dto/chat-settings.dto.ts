import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { MAX_WINDOW_TOKENS, MIN_WINDOW_TOKENS, WHEN_BUSY, type WhenBusy } from '../chat-settings.js';
import { MayBeAbsent } from './may-be-absent.decorator.js';

const WHEN_BUSY_HELP =
  'A message that comes while the last turn is under way: `reject` answers 409, `queue` lets it wait its turn, `interrupt` ends the turn and keeps what was said, `rollback` ends the turn and forgets it.';
const KEEP_DAYS_HELP = 'Days after its last message at which a conversation is deleted. Null keeps it.';
const WINDOW_HELP = 'What the model is given of a conversation at most, in tokens.';

export class ChatSettingsResponse {
  @ApiProperty({ enum: WHEN_BUSY, description: WHEN_BUSY_HELP })
  whenBusy!: WhenBusy;

  @ApiProperty({ type: 'integer', nullable: true, description: KEEP_DAYS_HELP })
  keepDays!: number | null;

  @ApiProperty({ type: 'integer', description: WINDOW_HELP })
  windowTokens!: number;
}

/** What is absent stays as it is. */
export class UpdateChatSettingsDto {
  @ApiPropertyOptional({ enum: WHEN_BUSY, description: WHEN_BUSY_HELP })
  @MayBeAbsent()
  @IsIn(WHEN_BUSY)
  whenBusy?: WhenBusy;

  @ApiPropertyOptional({ type: 'integer', nullable: true, minimum: 1, maximum: 3_650, description: KEEP_DAYS_HELP })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(3_650)
  keepDays?: number | null;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: MIN_WINDOW_TOKENS,
    maximum: MAX_WINDOW_TOKENS,
    description: WINDOW_HELP,
  })
  @MayBeAbsent()
  @IsInt()
  @Min(MIN_WINDOW_TOKENS)
  @Max(MAX_WINDOW_TOKENS)
  windowTokens?: number;
}
