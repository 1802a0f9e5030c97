import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Answers, fakeServer, signIn } from '@/features/triggers/testing/open-page';
import { modelsRoute } from '@/routes/models-route';
import type { Model, ModelPolicy } from '@/shared/api/generated/schema';
import { TooltipProvider } from '@/shared/ui/tooltip';
import { ModelsPage } from './models-page';

const PRICE = { inputMicroUsd: 150_000, cachedInputMicroUsd: 75_000, outputMicroUsd: 600_000 };

const MODEL: Model = {
  id: 'openai/gpt-4o-mini',
  provider: 'openai',
  label: 'OpenAI GPT-4o mini',
  kind: 'language',
  simulated: false,
  available: true,
  keySource: 'installation',
  credential: null,
  allowed: true,
  contextWindow: 128_000,
  maxOutputTokens: 16_384,
  sampling: { maxTemperature: 2, takesTopP: true },
  price: PRICE,
  prices: [{ validFrom: null, ...PRICE }],
  health: 'closed',
  override: null,
  revision: 0,
};

const HOUSE_MODEL: Model = {
  ...MODEL,
  id: 'my-vllm/llama',
  label: 'House model',
  keySource: 'organisation',
  credential: { id: 'c1', name: 'My vLLM' },
  contextWindow: null,
  price: null,
  prices: [],
  health: 'open',
  override: { enabled: true, label: 'House model', contextWindow: null, maxOutputTokens: null, prices: [] },
  revision: 3,
};

const POLICY: ModelPolicy = {
  fallbackModels: [],
  allowedModels: null,
  unknownPrice: 'allow',
  guardAction: 'flag',
  guardThreshold: 60,
  revision: 0,
};

const broken = () => ({
  status: 500,
  body: { title: 'x', status: 500, code: 'internal', detail: 'It broke.' },
});
const changed = () => ({ status: 412, body: { title: 'x', status: 412, code: 'model.changed', detail: 'Changed.' } });

function open(more: Answers = {}, search = '') {
  const server = fakeServer({
    'GET /models': () => ({ body: { data: [MODEL, HOUSE_MODEL] } }),
    'GET /models/policy': () => ({ body: POLICY }),
    'GET /models/health': () => ({ body: { data: [] } }),
    ...more,
  });
  vi.stubGlobal('fetch', server.fetch);
  const root = createRootRoute();
  const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: Outlet });
  const page = createRoute({
    getParentRoute: () => signedIn,
    path: '/models',
    validateSearch: modelsRoute.options.validateSearch,
    component: ModelsPage,
  });
  const router = createRouter({
    routeTree: root.addChildren([signedIn.addChildren([page])]),
    history: createMemoryHistory({ initialEntries: [`/models${search}`] }),
  });
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <TooltipProvider>
        <RouterProvider router={router as never} />
      </TooltipProvider>
    </QueryClientProvider>,
  );
  return server;
}

beforeEach(() => signIn(['agents:read', 'models:write']));
afterEach(() => vi.unstubAllGlobals());

describe('the catalogue of models', () => {
  it('shows what they cost, and that a price is unknown where it is', async () => {
    open();
    const known = (await screen.findByText('OpenAI GPT-4o mini')).closest('tr') as HTMLElement;
    expect(within(known).getAllByText('$0.15').length).toBeGreaterThan(0);
    expect(within(known).getAllByText('Installation’s key')[0]).toBeDefined();
    const unknown = screen.getByText('House model').closest('tr') as HTMLElement;
    expect(within(unknown).getAllByText('unknown').length).toBeGreaterThanOrEqual(2);
    expect(within(unknown).getAllByText('Failing')[0]).toBeDefined();
    expect(within(unknown).getAllByText('Key “My vLLM”')[0]).toBeDefined();
  });

  it('says what failed and offers to try again', async () => {
    open({ 'GET /models': broken });
    expect(await screen.findByText('The models could not be loaded')).toBeDefined();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeDefined();
  });

  it('finds models by words, and shows all again', async () => {
    open({}, '?search=house');
    expect(await screen.findByText('House model')).toBeDefined();
    expect(screen.queryByText('OpenAI GPT-4o mini')).toBeNull();
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'nothing like it' } });
    fireEvent.click(await screen.findByRole('button', { name: 'Show all models' }));
    expect(await screen.findByText('OpenAI GPT-4o mini')).toBeDefined();
  });

  it('takes a price in dollars and saves it over what was read', async () => {
    const { asked } = open({ 'PUT /models/my-vllm%2Fllama': () => ({ body: HOUSE_MODEL }) });
    fireEvent.click(await screen.findByRole('button', { name: 'Change my-vllm/llama' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Enter a price' }));
    fireEvent.change(screen.getByLabelText('Input'), { target: { value: '0,3' } });
    fireEvent.change(screen.getByLabelText('Output'), { target: { value: '1.25' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save model' }));
    await waitFor(() =>
      expect(asked.find(({ method }) => method === 'PUT')?.body).toEqual({
        enabled: true,
        label: 'House model',
        contextWindow: null,
        maxOutputTokens: null,
        prices: [{ validFrom: null, inputMicroUsd: 300_000, cachedInputMicroUsd: 300_000, outputMicroUsd: 1_250_000 }],
      }),
    );
  });

  it('asks for a price that is one, and names somebody else’s change', async () => {
    const { asked } = open({ 'PUT /models/my-vllm%2Fllama': changed }, '?form=my-vllm/llama');
    fireEvent.click(await screen.findByRole('button', { name: 'Enter a price' }));
    fireEvent.change(screen.getByLabelText('Input'), { target: { value: 'cheap' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save model' }));
    expect(await screen.findByText(/Dollars for a million tokens, such as/)).toBeDefined();
    expect(asked.some(({ method }) => method === 'PUT')).toBe(false);
    fireEvent.click(screen.getByRole('button', { name: 'Remove price 1' }));
    fireEvent.click(screen.getByRole('button', { name: 'Save model' }));
    expect(await screen.findByText(/Somebody else has changed this model/)).toBeDefined();
  });

  it('offers nothing to change to somebody who may only look', async () => {
    await signIn(['agents:read']);
    open();
    expect(await screen.findByText('House model')).toBeDefined();
    expect(screen.queryByRole('button', { name: /Change|Add/ })).toBeNull();
  });
});

describe('the rules for models', () => {
  it('are saved as they stand, line by line', async () => {
    const { asked } = open(
      { 'PUT /models/policy': ({ body }) => ({ body: { ...(body as ModelPolicy), revision: 1 } }) },
      '?view=rules',
    );
    fireEvent.change(await screen.findByLabelText(/When a model fails/), {
      target: { value: 'anthropic/claude-haiku-4-5\n\nsimulated/offline' },
    });
    fireEvent.click(screen.getByLabelText('Agents may use every model'));
    fireEvent.change(await screen.findByLabelText('Models that agents may use'), { target: { value: 'openai/*' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save rules' }));
    await waitFor(() =>
      expect(asked.find(({ method }) => method === 'PUT')?.body).toEqual({
        fallbackModels: ['anthropic/claude-haiku-4-5', 'simulated/offline'],
        allowedModels: ['openai/*'],
        unknownPrice: 'allow',
        guardAction: 'flag',
        guardThreshold: 60,
      }),
    );
    expect(await screen.findByText('Saved')).toBeDefined();
  });

  it('stay as they were typed when somebody else was faster, until theirs are asked for', async () => {
    let revision = 0;
    open(
      {
        'GET /models/policy': () => ({ body: { ...POLICY, guardThreshold: revision === 0 ? 60 : 80, revision } }),
        'PUT /models/policy': () => {
          revision = 1;
          return changed();
        },
      },
      '?view=rules',
    );
    fireEvent.change(await screen.findByLabelText('From this score on'), { target: { value: '70' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save rules' }));
    expect(await screen.findByText(/Somebody else has changed the rules/)).toBeDefined();
    expect(screen.getByLabelText<HTMLInputElement>('From this score on').value).toBe('70');
    fireEvent.click(screen.getByRole('button', { name: 'Drop mine and show theirs' }));
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('From this score on').value).toBe('80'));
  });

  it('say when they could not be loaded', async () => {
    open({ 'GET /models/policy': broken }, '?view=rules');
    expect(await screen.findByText('The rules could not be loaded')).toBeDefined();
  });
});

describe('the health of models', () => {
  it('says that nothing was called, or how each is doing', async () => {
    open({}, '?view=health');
    expect(await screen.findByText('Nothing was called yet')).toBeDefined();
  });

  it('shows which model is left alone, and why', async () => {
    const row = {
      model: 'openai/gpt-4o-mini',
      credentialId: null,
      state: 'open',
      failures: 5,
      retryAt: new Date(Date.now() + 15_000).toISOString(),
      lastErrorCode: 'provider.overloaded',
      lastFailureAt: new Date().toISOString(),
      lastSuccessAt: null,
    };
    open({ 'GET /models/health': () => ({ body: { data: [row] } }) }, '?view=health');
    expect(await screen.findByText('Left alone')).toBeDefined();
    expect(screen.getByText('provider.overloaded')).toBeDefined();
  });
});
