import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { SourceLanguage } from '../graph/config-sources';
import { expressionName } from '../graph/rename-references';
import { shapeAt, type Shape } from '../graph/scope-shape';

/** Words of the languages themselves, as far as people use them every day. */
const FUNCTIONS = [
  '$length',
  '$uppercase',
  '$lowercase',
  '$trim',
  '$split',
  '$join',
  '$contains',
  '$replace',
  '$substring',
  '$string',
  '$number',
  '$boolean',
  '$sum',
  '$average',
  '$min',
  '$max',
  '$round',
  '$count',
  '$append',
  '$distinct',
  '$sort',
  '$reverse',
  '$filter',
  '$map',
  '$reduce',
  '$exists',
  '$keys',
  '$lookup',
  '$merge',
  '$not',
  '$type',
  '$now',
];
const FILTERS = [
  'json',
  'url_encode',
  'escape',
  'default',
  'upcase',
  'downcase',
  'capitalize',
  'strip',
  'truncate',
  'truncatewords',
  'replace',
  'split',
  'join',
  'size',
  'first',
  'last',
  'map',
  'where',
  'sort',
  'uniq',
  'date',
  'round',
  'plus',
  'minus',
  'times',
];

/** A path such as steps.sum.te or steps.`first-sum`., up to the cursor. */
const PATH = {
  expression: /(?:[A-Za-z_][\w]*|`[^`]*`)?(?:\.(?:\w+|`[^`]*`)?)*$/,
  template: /[A-Za-z_][\w-]*(?:\.[\w-]*)*$|$/,
};

/** Completion over what a step can see: `input`, `steps.<id>` of earlier nodes, `vars`, and the words of the language. */
export function scopeCompletions(language: SourceLanguage, scope: () => Shape) {
  return (context: CompletionContext): CompletionResult | null => {
    const line = context.state.sliceDoc(0, context.pos);
    if (language === 'template') {
      const inside = insideOfTag(line);
      if (inside === null) return null;
      const filter = /\|\s*(\w*)$/.exec(inside);
      if (filter)
        return answer(
          context.pos - (filter[1] ?? '').length,
          FILTERS.map((label) => ({ label, type: 'function' })),
        );
    } else {
      const call = /\$\w*$/.exec(line);
      if (call)
        return answer(
          context.pos - call[0].length,
          FUNCTIONS.map((label) => ({ label, type: 'function' })),
        );
    }
    const path = PATH[language].exec(line)?.[0] ?? '';
    if (path === '' && !context.explicit) return null;
    const parts = path.split('.');
    const last = parts.pop() ?? '';
    const shape = shapeAt(
      scope(),
      parts.map((part) => part.replaceAll('`', '')),
    );
    if (!shape) return null;
    const options = Object.entries(shape.fields).map(([name, { detail, value }]): Completion => ({
      label: language === 'expression' ? expressionName(name) : name,
      // What was there in the last run says more than a type.
      detail: value ?? detail,
      type: parts.length === 0 ? 'namespace' : 'property',
    }));
    return options.length === 0 ? null : answer(context.pos - last.length, options);
  };
}

function answer(from: number, options: Completion[]): CompletionResult {
  return { from, options, validFor: /^[$`\w-]*$/ };
}

/** What stands between the cursor and the `{{` or `{%` around it; null outside of them. */
function insideOfTag(before: string): string | null {
  const open = Math.max(before.lastIndexOf('{{'), before.lastIndexOf('{%'));
  const close = Math.max(before.lastIndexOf('}}'), before.lastIndexOf('%}'));
  return open > close ? before.slice(open + 2) : null;
}
