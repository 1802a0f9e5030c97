import { redactSecrets } from '#platform/logging';
import { isRecord } from './is-record.js';

/** Something that was taken out of a graph before it left or entered an organisation. */
export interface StrippedValue {
  /** JSON pointer into the graph. */
  readonly pointer: string;
  readonly reason: 'secret' | 'organisation-id';
}

export interface StrippedGraph<G> {
  readonly graph: G;
  readonly stripped: readonly StrippedValue[];
}

/** What a value has to do with one organisation only; null when nothing. */
type Judge = (key: string, value: unknown, path: readonly string[]) => StrippedValue['reason'] | null;

/** For export: neither secrets nor ids that mean nothing elsewhere. */
export function stripForExport<G extends object>(graph: G): StrippedGraph<G> {
  return strip(graph, (key, value, path) => (isSecret(key, value, path) ? 'secret' : organisationId(key, value, path)));
}

/** For import: ids of another organisation must never become references into it. Secrets in the file are its owner's to bring. */
export function stripForImport<G extends object>(graph: G): StrippedGraph<G> {
  return strip(graph, organisationId);
}

function strip<G extends object>(graph: G, judge: Judge): StrippedGraph<G> {
  const stripped: StrippedValue[] = [];
  const clean = (value: unknown, path: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => clean(item, [...path, String(index)]));
    if (!isRecord(value)) return value;
    const kept = Object.entries(value).flatMap(([key, item]): [string, unknown][] => {
      const here = [...path, key];
      const reason = judge(key, item, path);
      if (reason === null) return [[key, clean(item, here)]];
      stripped.push({ pointer: toPointer(here), reason });
      const rest = reason === 'secret' ? maskedText(key, item, path) : undefined;
      return rest === undefined ? [] : [[key, rest]];
    });
    return Object.fromEntries(kept);
  };
  return { graph: clean(graph, []) as G, stripped };
}

const SECRET_NAME =
  /authorization|api[-_]?key|access[-_]?key|token$|secret|cookie|passw|signature|credential(?!ids?$)/i;
const SECRET_IN_QUERY = /([?&](?:api[-_]?key|key|access_token|token|secret|password|sig|signature)=)[^&#\s{]+/gi;
const SECRET_IN_JSON = /("(?:api[-_]?key|access_?token|token|client_?secret|secret|password)"\s*:\s*")[^"{]+"/gi;

function isSecret(key: string, value: unknown, path: readonly string[]): boolean {
  if (typeof value !== 'string' || insideSchema(path)) return false;
  return (SECRET_NAME.test(key) && holdsMoreThanTemplates(value)) || mask(value) !== value;
}

/** A value of a secret name goes whole; a longer text, such as a URL or body, keeps all but the secret in it. */
function maskedText(key: string, value: unknown, path: readonly string[]): string | undefined {
  return typeof value !== 'string' || SECRET_NAME.test(key) || path.at(-1) === 'headers' ? undefined : mask(value);
}

function mask(text: string): string {
  return redactSecrets(text).replace(SECRET_IN_QUERY, '$1[redacted]').replace(SECRET_IN_JSON, '$1[redacted]"');
}

/** `Bearer {{ vars.token }}` names where the secret comes from, and is none. */
function holdsMoreThanTemplates(value: string): boolean {
  return (
    value
      .replace(/\{\{.*?\}\}/gs, '')
      .replace(/\b(bearer|basic|token)\b/gi, '')
      .trim() !== ''
  );
}

const THINGS_WITH_IDS =
  /^(credential|agent|subAgent|subflow|version|execution|knowledgeBase|document|file|memory|thread|chat|conversation|webhook|schedule|plan|prompt|secret|tool|mcpServer|team|user|member|org|organi[sz]ation|tenant|workspace|project)Ids?$/;
const SOME_ID = /^[a-z][A-Za-z0-9]*Ids?$/;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Fields named after things of ours always; other `…Id` fields when they hold a UUID, which all ids of ours are. */
function organisationId(key: string, value: unknown, path: readonly string[]): 'organisation-id' | null {
  if (insideSchema(path) || path.length < 3) return null;
  const texts = (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');
  if (texts.length === 0 || texts.every((text) => /^\s*\{\{.*\}\}\s*$/s.test(text))) return null;
  if (THINGS_WITH_IDS.test(key)) return 'organisation-id';
  return SOME_ID.test(key) && texts.some((text) => UUID.test(text)) ? 'organisation-id' : null;
}

/** In a JSON Schema the names are those of the caller's own data. */
function insideSchema(path: readonly string[]): boolean {
  return path[2] === 'config' && path[3] === 'schema';
}

function toPointer(path: readonly string[]): string {
  return path.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
