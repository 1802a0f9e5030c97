import { StepError } from '#kernel';
import type { RestRequest } from '#tools';
import type { OperationDefinition, ParameterPlace } from './operation-definition.js';
import { formText, queryString } from './query-string.js';
import { entriesOf, isAbsent, isParts, written } from './written-value.js';

/** The request of a call. @throws StepError tool.invalid for arguments that would leave their place */
export function operationRequest(
  { method, path, parameters, body }: OperationDefinition,
  args: Readonly<Record<string, unknown>>,
): RestRequest {
  const query = queryString(parameters, args);
  const headers = Object.fromEntries(
    parameters
      .filter((place) => place.in === 'header' && !isAbsent(args[place.argument]))
      .map((place) => [place.name, headerValue(place, args[place.argument])]),
  );
  const given = body === null ? undefined : args[body.argument];
  return {
    method,
    path: `${pathOf(path, parameters, args)}${query === '' ? '' : `?${query}`}`,
    headers,
    ...(body !== null &&
      given !== undefined && {
        content: {
          type: body.contentType,
          text: body.encoding === 'json' ? JSON.stringify(given) : formText(body, given),
        },
      }),
  };
}

/** No argument changes which operation is called: each stays in the segment that it was made for. */
function pathOf(path: string, parameters: readonly ParameterPlace[], args: Readonly<Record<string, unknown>>): string {
  const places = new Map(parameters.filter((place) => place.in === 'path').map((place) => [place.name, place]));
  return path
    .split('/')
    .map((segment) => {
      const filled = segment.replaceAll(/\{([^{}]*)\}/g, (_whole, name: string) => {
        const place = places.get(name);
        const value = place === undefined ? undefined : args[place.argument];
        const text = place === undefined || isAbsent(value) ? '' : simple(value, place.explode, encodeURIComponent);
        if (text === '') throw invalid(`The argument ${place?.argument ?? name} must not be empty.`);
        return text;
      });
      // Encoded dots are dots to most servers.
      if (/^\.{1,2}$/.test(filled)) throw invalid(`“${filled}” names nothing.`);
      return filled;
    })
    .join('/');
}

function headerValue({ argument, style, explode }: ParameterPlace, value: unknown): string {
  const text = style === 'json' ? JSON.stringify(value) : simple(value, explode, (each) => each);
  if (/[^\t\x20-\x7e\x80-\xff]/.test(text)) throw invalid(`The argument ${argument} cannot stand in a header.`);
  return text;
}

/** The style `simple`: `3,4,5`, `role=admin,age=5` or `role,admin,age,5`. */
function simple(value: unknown, explode: boolean, encode: (text: string) => string): string {
  if (Array.isArray(value)) return value.map((each) => encode(written(each))).join(',');
  if (!isParts(value)) return encode(written(value));
  return entriesOf(value)
    .map(([key, each]) => `${encode(key)}${explode ? '=' : ','}${encode(written(each))}`)
    .join(',');
}

const invalid = (message: string): StepError => new StepError({ code: 'tool.invalid', message, retryable: false });
