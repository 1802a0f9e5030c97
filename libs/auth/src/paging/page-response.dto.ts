import { ApiProperty } from '@nestjs/swagger';

/** What every page of a list carries beside its `data`. */
export class PageResponse {
  @ApiProperty({ type: String, nullable: true, description: '`cursor` of the next page; null on the last.' })
  nextCursor!: string | null;

  @ApiProperty()
  hasMore!: boolean;
}
