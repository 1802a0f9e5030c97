/**
 * Runs in QuickJS before the stranger's code: takes hold of what it needs of the language before anyone can replace
 * it, gives `console`, and hands the host two functions. Nothing here is a line of defence; the wall is QuickJS.
 */
export const PRELUDE = `(function (say) {
  'use strict';
  const { stringify } = JSON;
  const { apply } = Reflect;
  const toText = String;
  const slice = ''.slice;
  const LONGEST = 10000;
  const cut = (text) => apply(slice, text, [0, LONGEST]);
  const isError = (value) => {
    try {
      return value instanceof Error;
    } catch {
      return false;
    }
  };
  const show = (value) => {
    try {
      if (typeof value === 'string') return cut(value);
      if (isError(value)) return cut(toText(value.name) + ': ' + toText(value.message));
      if (typeof value === 'object' && value !== null) return cut(stringify(value));
      return cut(toText(value));
    } catch {
      return '[cannot be shown]';
    }
  };
  const speaker = (level) => (...values) => {
    let text = '';
    for (let index = 0; index < values.length && text.length < LONGEST; index++) text += (index > 0 ? ' ' : '') + show(values[index]);
    say(level, text);
  };
  globalThis.console = {
    log: speaker('info'),
    info: speaker('info'),
    debug: speaker('debug'),
    warn: speaker('warn'),
    error: speaker('error'),
  };
  return {
    stringify: (value) => stringify(value),
    describe: (thrown) => {
      const part = (read) => {
        try {
          const text = read();
          return typeof text === 'string' ? cut(text) : '';
        } catch {
          return '';
        }
      };
      const thrownObject = typeof thrown === 'object' && thrown !== null;
      return stringify({
        name: thrownObject ? part(() => thrown.name) : '',
        message: isError(thrown) ? part(() => thrown.message) : show(thrown),
        stack: thrownObject ? part(() => thrown.stack) : '',
      });
    },
  };
})`;
