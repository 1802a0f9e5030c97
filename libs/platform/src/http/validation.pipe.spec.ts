import 'reflect-metadata';
import { IsObject, IsOptional, IsString } from 'class-validator';
import { AsSent } from './as-sent.js';
import { createValidationPipe } from './validation.pipe.js';

class NameDto {
  @IsString()
  name!: string;

  @IsOptional()
  @IsString()
  note?: string;
}

class DataDto {
  @AsSent()
  @IsObject()
  data!: Record<string, unknown>;
}

const read = (json: string): Promise<unknown> =>
  createValidationPipe().transform(JSON.parse(json), { type: 'body', metatype: NameDto }) as Promise<unknown>;

describe('createValidationPipe', () => {
  it('gives the fields that the request has', async () => {
    expect(await read('{"name":"Ada"}')).toEqual({ name: 'Ada' });
  });

  it.each(['orgId', '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'refuses a field called %s and names it',
    async (field) => {
      await expect(read(`{"name":"Ada","${field}":{"orgId":"x"}}`)).rejects.toMatchObject({
        code: 'request.invalid',
        errors: [{ pointer: `/${field}`, code: 'unknown_field' }],
      });
    },
  );

  it('refuses them also where a body is read as it is', async () => {
    const body: unknown = JSON.parse('{"nodes":[],"__proto__":{}}');
    await expect(createValidationPipe().transform(body, { type: 'body', metatype: Object })).rejects.toMatchObject({
      errors: [{ pointer: '/__proto__' }],
    });
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString'])(
    'leaves %s in a value that is the sender’s own, for whoever reads it to judge',
    async (name) => {
      const json = `{"data":{"${name}":{"a":1},"deep":[{"${name}":2}]}}`;
      const body = createValidationPipe().transform(JSON.parse(json), { type: 'body', metatype: DataDto });
      expect(JSON.stringify(await body)).toBe(json);
    },
  );
});
