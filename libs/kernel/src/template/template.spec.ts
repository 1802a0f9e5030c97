import type { Scope } from '../node-kind.js';
import { StepError } from '../step-error.js';
import { compileTemplate, TemplateSyntaxError } from './template.js';
import { TEMPLATE_LIMITS } from './template-engine.js';

const scope: Scope = {
  input: { text: 'hello', list: [1, 2], evil: '{{ input.secret }}', secret: 'top secret' },
  steps: { size: { length: 5 } },
  vars: {},
};

function render(source: string): string {
  return compileTemplate(source).render(scope);
}

describe('a template', () => {
  it('fills in values; objects and lists as JSON, nothing as nothing', () => {
    expect(render('Say {{ input.text | upcase }}, {{ input.list }}, {{ steps.size }}, [{{ input.missing }}]')).toBe(
      'Say HELLO, [1,2], {"length":5}, []',
    );
  });

  it('is its own text when there is nothing to fill in', () => {
    expect(render('100 % {plain} $text')).toBe('100 % {plain} $text');
  });

  it('knows the steps it uses, also inside brackets', () => {
    expect(
      compileTemplate('{{ steps.a.text }} {% if steps["b-c"] %}{{ input[steps.d.key] }}{% endif %}').stepIds.toSorted(),
    ).toEqual(['a', 'b-c', 'd']);
  });

  it('does not read values as templates again', () => {
    expect(render('{{ input.evil }}')).toBe('{{ input.secret }}');
  });

  it.each([
    '{% include "x" %}',
    '{% render "x" %}',
    '{% layout "x" %}',
    '{% block a %}{% endblock %}',
    '{{ input.text',
    '{{ input.text | nosuchfilter }}',
    '{% if %}',
  ])('is refused when it says %s', (source) => {
    expect(() => compileTemplate(source).render(scope)).toThrow(/./);
  });

  it('is refused with the reason and the place', () => {
    expect(() => compileTemplate('a\n{% if x %}')).toThrow(TemplateSyntaxError);
    expect(() => compileTemplate('a\n{% include "x" %}')).toThrow(/line:2/);
  });

  it.each([
    '{{ constructor.constructor("return process")() }}',
    '{{ this.constructor.constructor("return process")() }}',
    '{{ input.constructor }}',
    '{{ input.__proto__ }}',
    '{{ input.text.constructor.name }}',
    '{{ input["constructor"]["constructor"] }}',
    '${7*7}',
    '#{7*7}',
    '<%= 7*7 %>',
    '{{= 7*7 }}',
    '{{7*7}}',
    '{{#with "s" as |string|}}{{/with}}',
    '*{7*7}',
    '@(7*7)',
    '{{ self.__class__.__mro__ }}',
    '{{ process.env }}',
    '{{ range.constructor("return global.process.env")() }}',
  ])('is text or an error, but never code: %s', (source) => {
    let text = '';
    try {
      text = render(source);
    } catch (error) {
      expect(error instanceof StepError || error instanceof TemplateSyntaxError).toBe(true);
      return;
    }
    expect(text).not.toMatch(/49|\[object|function|native code|PATH/);
    expect([source, '']).toContain(text.trim());
  });

  it.each([
    ['endless loops', '{% for a in (1..100000) %}{% for b in (1..100000) %}x{% endfor %}{% endfor %}'],
    [
      'texts that double',
      `{% assign a = "${'x'.repeat(1_000)}" %}${'{% assign a = a | append: a %}'.repeat(40)}{{ a }}`,
    ],
    ['huge ranges', '{{ (1..1000000000) | join }}'],
  ])('fails within its limits on %s', (_title, source) => {
    const begin = performance.now();
    expect(() => render(source)).toThrow(StepError);
    expect(performance.now() - begin).toBeLessThan(2_000);
  });

  it('is not blamed for time in which the machine did not let it work', () => {
    let stalls = 0;
    const input = {
      get name() {
        stalls += 1;
        if (stalls <= 2) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, TEMPLATE_LIMITS.renderMs + 50);
        return 'Ada';
      },
    };
    expect(compileTemplate('Dear {{ input.name }}, hello').render({ input })).toBe('Dear Ada, hello');
    expect(stalls).toBe(3);
  });

  it('has at most 100,000 characters', () => {
    expect(() => compileTemplate('x'.repeat(100_001))).toThrow(/longer than 100000 characters/);
  });
});
