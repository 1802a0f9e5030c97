import { BadRequestException, Body, Controller, Get, HttpException, Post, Query } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { Type } from 'class-transformer';
import { IsArray, IsInt, IsString, MaxLength, ValidateNested } from 'class-validator';
import supertest from 'supertest';
import { loadSettings, SettingsModule } from '../config/index.js';
import { conflict, limited, unauthenticated } from '../errors/index.js';
import { createLogger, LoggingModule } from '../logging/index.js';
import { configureHttp } from './configure-http.js';
import { HttpPlatformModule } from './http-platform.module.js';
import { PageQuery } from './page-query.dto.js';

class PartDto {
  @IsString()
  @MaxLength(3)
  'a/b~c'!: string;
}

class ThingDto {
  @IsInt()
  count!: number;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => PartDto)
  parts!: PartDto[];
}

const thrown: Record<string, () => unknown> = {
  conflict: () => conflict('agent.busy', 'The agent is busy.', { retryable: true }),
  limited: () => limited('rate', 'Too many.', 1.2),
  unauthenticated: () => unauthenticated('auth.required', 'Sign in.'),
  nest: () => new BadRequestException('Validation failed (uuid is expected)'),
  teapot: () => new HttpException('I am a teapot', 418),
  broken: () => new Error('password=hunter2 in postgres://a:hunter2@db'),
  string: () => 'hunter2',
  nothing: () => null,
  databaseGone: () => Object.assign(new Error('terminating connection'), { code: '57P01' }),
  poolBusy: () => new Error('timeout exceeded when trying to connect'),
};

@Controller('things')
class ThingsController {
  @Post()
  make(@Body() body: ThingDto): ThingDto {
    return body;
  }

  @Get()
  list(@Query() query: PageQuery): PageQuery {
    return query;
  }

  @Get('fail')
  fail(@Query('how') how: string): never {
    throw thrown[how]?.();
  }
}

describe('Every HTTP door', () => {
  let app: NestExpressApplication;
  let logged = '';

  beforeAll(async () => {
    const settings = loadSettings({ BODY_LIMIT_BYTES: '2048', JWT_SECRET: 'q3Vw7Yk1Zp0Rb8Lx2Nd5Ht9Mc4Fs6GjA' }, 'api');
    const module = await Test.createTestingModule({
      imports: [
        SettingsModule.forRoot(settings),
        LoggingModule.forRoot(createLogger('info', { write: (line: string) => void (logged += line) })),
        HttpPlatformModule,
      ],
      controllers: [ThingsController],
    }).compile();
    app = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
    configureHttp(app, settings);
    await app.init();
  });

  beforeEach(() => (logged = ''));
  afterAll(() => app.close());

  const call = (): ReturnType<typeof supertest> => supertest(app.getHttpServer());
  const post = (): supertest.Test => call().post('/api/v1/things');
  const fail = (how: string): supertest.Test => call().get(`/api/v1/things/fail?how=${how}`);

  it('answers with problem+json that carries the request id, the caller’s own when it is harmless', async () => {
    const answer = await fail('conflict').set('X-Request-Id', 'my-request-1').expect(409);
    expect(answer.headers['content-type']).toMatch('application/problem+json');
    expect(answer.headers['x-request-id']).toBe('my-request-1');
    expect(answer.body).toEqual({
      type: 'urn:agentflow:problem:agent.busy',
      title: 'Conflict',
      status: 409,
      code: 'agent.busy',
      detail: 'The agent is busy.',
      requestId: 'my-request-1',
      retryable: true,
    });
  });

  it.each(['short', 'a'.repeat(129), 'with space here', '<script>alert'])(
    'does not repeat the request id %p',
    async (given) => {
      const answer = await fail('conflict').set('X-Request-Id', given);
      expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(answer.body.requestId).toBe(answer.headers['x-request-id']);
    },
  );

  it('says when to come back, and how to sign in', async () => {
    expect((await fail('limited').expect(429)).headers['retry-after']).toBe('2');
    expect((await fail('unauthenticated').expect(401)).headers['www-authenticate']).toBe('Bearer');
  });

  it.each([
    ['nest', 400, 'request.malformed'],
    ['teapot', 400, 'request.malformed'],
    ['databaseGone', 503, 'database.unavailable'],
    ['poolBusy', 503, 'database.unavailable'],
    ['broken', 500, 'internal'],
    ['string', 500, 'internal'],
    ['nothing', 500, 'internal'],
  ])('translates what is not ours: %s is %i %s', async (how, status, code) => {
    const answer = await fail(how).expect(status);
    expect(answer.body.code).toBe(code);
    expect(answer.text).not.toContain('hunter2');
  });

  it('logs a failure of ours with its cause and its request, and a mistake of the caller not at all', async () => {
    await fail('broken').set('X-Request-Id', 'my-request-2');
    expect(logged).toContain('"requestId":"my-request-2"');
    expect(logged).not.toContain(':hunter2@');
    logged = '';
    await fail('conflict');
    expect(logged).toBe('');
  });

  it('refuses a body that is no JSON, is not declared as JSON, or is too large', async () => {
    expect((await post().set('Content-Type', 'application/json').send('{"a":').expect(400)).body).toMatchObject({
      code: 'request.not_json',
    });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      expect((await post().set('Content-Type', type).send('a=b').expect(415)).body).toMatchObject({
        code: 'request.not_json',
      });
    }
    const large = await post()
      .send({ text: 'x'.repeat(3_000) })
      .expect(413);
    expect(large.body).toMatchObject({
      code: 'request.too_large',
      detail: expect.stringContaining('BODY_LIMIT_BYTES'),
    });
    const latin = await post().set('Content-Type', 'application/json; charset=ebcdic').send('{}').expect(415);
    expect(latin.body).toMatchObject({ code: 'request.encoding' });
  });

  it('takes application/json in every spelling', async () => {
    for (const type of ['application/json', 'APPLICATION/JSON; charset=utf-8', 'application/vnd.x+json']) {
      const { status } = await post().set('Content-Type', type).send('{"count":1,"parts":[]}');
      expect(status).not.toBe(415);
    }
  });

  it('points at each wrong field of a body, however deep', async () => {
    const { body } = await post()
      .send({ count: 'x', parts: [{ 'a/b~c': 'ok' }, { 'a/b~c': 'too long', more: 1 }], other: 1 })
      .expect(400);
    expect(body.code).toBe('request.invalid');
    const pointers = body.errors
      .map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`)
      .sort();
    expect(pointers).toEqual([
      '/count isInt',
      '/other unknown_field',
      '/parts/1/a~1b~0c maxLength',
      '/parts/1/more unknown_field',
    ]);
    expect(body.errors.find(({ pointer }: { pointer: string }) => pointer === '/other').message).toBe(
      'other is not a field of this request. Remove it.',
    );
  });

  it('points at a wrong query parameter as one', async () => {
    const { body } = await call().get('/api/v1/things?limit=1000&nonsense=1').expect(400);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '/query/limit',
      '/query/nonsense',
    ]);
    expect((await call().get('/api/v1/things?limit=5').expect(200)).body).toEqual({ limit: 5 });
  });

  it('knows that there is nothing at an address, and survives one that cannot be read', async () => {
    expect((await call().get('/api/v1/nothing').expect(404)).body).toMatchObject({
      code: 'route.not_found',
      detail: 'There is nothing at GET /api/v1/nothing.',
    });
    expect((await call().get('/api/v1/things/%E0%A4%A')).status).toBeLessThan(500);
  });

  it('forbids being framed, sniffed and cached by type', async () => {
    const { headers } = await call().get('/api/v1/things');
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});
