import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { nodeKindsQuery } from '@/shared/api/queries';
import { TooltipProvider } from '@/shared/ui/tooltip';
import { ReadOnlyGraph, type NodeState } from './read-only-graph';
import { sampleGraph, sampleKinds } from './testing/sample-graph';

function show(states: Record<string, NodeState>) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  queryClient.setQueryData(nodeKindsQuery().queryKey, { data: sampleKinds });
  render(
    <QueryClientProvider client={queryClient}>
      <TooltipProvider>
        <div style={{ width: 800, height: 600 }}>
          <ReadOnlyGraph graph={sampleGraph()} states={states} selected="sum" onSelect={() => {}} />
        </div>
      </TooltipProvider>
    </QueryClientProvider>,
  );
}

describe('the graph of a run', () => {
  it('shows every node, with status, time and tries of those that were reached', () => {
    show({ sum: { status: 'failed', durationMs: 3200, tries: 3, summary: 'no answer' } });
    expect(screen.getByText('Summary')).toBeTruthy();
    expect(screen.getByText('3.2 s')).toBeTruthy();
    expect(screen.getByText('3 tries')).toBeTruthy();
    expect(screen.getByText('no answer')).toBeTruthy();
    expect(screen.getByText('$length(input.text)')).toBeTruthy();
    expect(screen.getByLabelText('Summary, Llm, failed')).toBeTruthy();
  });
});
