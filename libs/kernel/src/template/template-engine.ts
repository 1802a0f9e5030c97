import { Liquid } from 'liquidjs';
import { MAX_JSON_DEPTH, toPlainJson } from '../json/plain-json.js';

export const TEMPLATE_LIMITS = {
  /** Characters of source. */
  sourceLength: 100_000,
  /** Time of one rendering, which nothing else can interrupt. */
  renderMs: 100,
  /** Characters and items that filters and loops may produce. */
  memory: 5_000_000,
  /** Characters of the rendered text. */
  outputLength: 2_000_000,
} as const;

/** Tags that read other templates: there are none. */
const FILE_TAGS = ['include', 'render', 'layout', 'block'];

/** Filters that evaluate text as code for each item of a list: nested, their cost grows beyond every limit. */
const EXPRESSION_FILTERS = ['where', 'reject', 'group_by', 'has', 'find', 'find_index'].map((name) => `${name}_exp`);

/** The one Liquid engine: no files, no prototypes, bounded in length, time and memory. */
export const templateEngine = createEngine();

function createEngine(): Liquid {
  const engine = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    relativeReference: false,
    dynamicPartials: false,
    templates: {},
    parseLimit: TEMPLATE_LIMITS.sourceLength,
    renderLimit: TEMPLATE_LIMITS.renderMs,
    memoryLimit: TEMPLATE_LIMITS.memory,
    outputEscape: textOf,
  });
  for (const tag of FILE_TAGS) delete engine.tags[tag];
  for (const filter of EXPRESSION_FILTERS) engine.unregisterFilter(filter);
  return engine;
}

/** Objects and lists appear as JSON, where Liquid would write `[object Object]`. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object') {
    return JSON.stringify(
      toPlainJson(value, { maxBytes: TEMPLATE_LIMITS.outputLength, maxDepth: MAX_JSON_DEPTH }).value,
    );
  }
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
