import { AuthModule } from '#auth';
import { Module } from '@nestjs/common';
import { OpenApiPreviews } from './openapi/openapi-preview.service.js';
import { ToolSetChanges } from './tool-set-changes.service.js';
import { ToolSetsController } from './tool-sets.controller.js';
import { ToolSetsModule } from './tool-sets.module.js';
import { ToolSetsReadModel } from './tool-sets.read-model.js';
import { ToolSetsService } from './tool-sets.service.js';

/** Where people bring tools in and decide about them. */
@Module({
  imports: [AuthModule, ToolSetsModule],
  controllers: [ToolSetsController],
  providers: [OpenApiPreviews, ToolSetChanges, ToolSetsReadModel, ToolSetsService],
})
export class ToolSetsApiModule {}
