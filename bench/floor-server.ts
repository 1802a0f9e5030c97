import 'reflect-metadata';
import { Body, Controller, HttpCode, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { AddressInfo, Server } from 'node:net';

/** The floor: what Nest on Express costs for a POST of the same JSON that does nothing. */
@Controller()
class FloorController {
  @Post('executions')
  @HttpCode(200)
  answer(@Body() body: unknown): unknown {
    return body;
  }
}

@Module({ controllers: [FloorController] })
class FloorModule {}

const app = await NestFactory.create(FloorModule, { logger: false });
await app.listen(0, '127.0.0.1');
process.stdout.write(`ready http://127.0.0.1:${((app.getHttpServer() as Server).address() as AddressInfo).port}\n`);
process.once('SIGTERM', () => process.exit(0));
