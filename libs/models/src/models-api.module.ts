import { AuthModule } from '#auth';
import { Module } from '@nestjs/common';
import { GenerationsController } from './generations/generations.controller.js';
import { GenerationsReadModel } from './generations/generations.read-model.js';
import { ModelsController } from './models.controller.js';
import { ModelsModule } from './models.module.js';

/** The doors: the catalogue, the organisation's policy, and what runs have asked models. */
@Module({
  imports: [AuthModule, ModelsModule],
  controllers: [GenerationsController, ModelsController],
  providers: [GenerationsReadModel],
})
export class ModelsApiModule {}
