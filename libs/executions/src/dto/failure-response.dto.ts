import { ApiProperty } from '@nestjs/swagger';

export class FailureResponse {
  @ApiProperty({ example: 'http.status' })
  code!: string;

  @ApiProperty({ description: 'What happened and what to do about it.' })
  message!: string;

  @ApiProperty({ description: 'Whether trying the same again can help.' })
  retryable!: boolean;

  @ApiProperty({ required: false, description: 'The step that failed.' })
  stepId?: string;
}
