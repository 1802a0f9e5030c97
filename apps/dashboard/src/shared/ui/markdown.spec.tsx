import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Markdown } from './markdown';

describe('what a model wrote', () => {
  it('is set as text, with its lists and code', () => {
    render(<Markdown>{'# Title\n\n- one\n- two\n\n`code`'}</Markdown>);
    expect(screen.getByRole('heading', { name: 'Title' })).toBeDefined();
    expect(screen.getAllByRole('listitem')).toHaveLength(2);
  });

  it('runs no HTML, loads no image, and follows no script', () => {
    const { container } = render(
      <Markdown>
        {
          '<img src=x onerror=alert(1)>\n\n<script>alert(1)</script>\n\n![pixel](https://spy.example/p.png)\n\n[link](javascript:alert(1))'
        }
      </Markdown>,
    );
    expect(container.querySelector('img, script')).toBeNull();
    expect(container.querySelector('a')?.getAttribute('href') ?? '').not.toMatch(/^javascript:/);
    expect(screen.getByText('[image: pixel]')).toBeDefined();
  });

  it('opens links elsewhere, without telling where they came from', () => {
    render(<Markdown>{'[docs](https://example.org)'}</Markdown>);
    const link = screen.getByRole('link', { name: 'docs' });
    expect([link.getAttribute('target'), link.getAttribute('rel')]).toEqual(['_blank', 'noopener noreferrer nofollow']);
  });
});
