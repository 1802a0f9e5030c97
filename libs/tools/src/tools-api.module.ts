import { AuthModule } from '#auth';
import { Module } from '@nestjs/common';
import { ToolsController } from './tools.controller.js';
import { ToolsModule } from './tools.module.js';
import { ToolsService } from './tools.service.js';

/** The door at which tools are listed and run by hand. */
@Module({ imports: [AuthModule, ToolsModule], controllers: [ToolsController], providers: [ToolsService] })
export class ToolsApiModule {}
