import { StreamLanguage } from '@codemirror/language';

const KEYWORDS =
  /^(?:async|await|break|case|catch|class|const|continue|default|delete|do|else|export|extends|finally|for|function|if|in|instanceof|let|new|of|return|static|super|switch|this|throw|try|typeof|var|void|while|yield)\b/;

interface State {
  /** Inside of something that goes on over lines: a comment or a template text. */
  inside: 'comment' | 'template' | null;
}

/** Colours for JavaScript, as far as short functions need them. */
export const javascriptLanguage = StreamLanguage.define<State>({
  name: 'javascript',
  startState: () => ({ inside: null }),
  token(stream, state) {
    if (state.inside === 'comment') {
      if (stream.match(/^.*?\*\//)) state.inside = null;
      else stream.skipToEnd();
      return 'comment';
    }
    if (state.inside === 'template') {
      if (stream.match(/^(?:[^`\\]|\\.)*`/)) state.inside = null;
      else stream.skipToEnd();
      return 'string';
    }
    if (stream.eatSpace()) return null;
    if (stream.match('//')) {
      stream.skipToEnd();
      return 'comment';
    }
    if (stream.match('/*')) {
      state.inside = 'comment';
      return 'comment';
    }
    if (stream.match('`')) {
      state.inside = 'template';
      return 'string';
    }
    if (stream.match(/^"(?:[^"\\]|\\.)*"?/) || stream.match(/^'(?:[^'\\]|\\.)*'?/)) return 'string';
    if (stream.match(/^\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?/)) return 'number';
    if (stream.match(/^(?:true|false|null|undefined)\b/)) return 'bool';
    if (stream.match(KEYWORDS)) return 'keyword';
    if (!stream.match(/^[\w$]+/)) stream.next();
    return null;
  },
  languageData: { commentTokens: { line: '//' } },
});
