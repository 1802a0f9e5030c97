import { StreamLanguage } from '@codemirror/language';

/** Colours for JSONata: strings, numbers, functions, and the names that a step can see. */
export const expressionLanguage = StreamLanguage.define({
  name: 'jsonata',
  token(stream) {
    if (stream.eatSpace()) return null;
    if (stream.match(/^\/\*.*?\*\//)) return 'comment';
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/) || stream.match(/^'(?:[^'\\]|\\.)*'?/)) return 'string';
    if (stream.match(/^\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/)) return 'number';
    if (stream.match(/^(?:true|false|null)\b/)) return 'bool';
    if (stream.match(/^(?:and|or|in|function)\b/)) return 'keyword';
    if (stream.match(/^(?:input|steps|vars)\b/)) return 'keyword';
    if (stream.match(/^\$\w*/)) return 'keyword';
    if (stream.match(/^(?:`[^`]*`|\w+)/)) return null;
    stream.next();
    return null;
  },
});
