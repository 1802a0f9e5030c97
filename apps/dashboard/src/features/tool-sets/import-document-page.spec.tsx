import { fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { signIn } from '@/features/triggers/testing/open-page';
import { EVERYTHING, openToolSets, OPERATION, SET } from './testing/open-tool-sets';

beforeEach(() => signIn(EVERYTHING));
afterEach(() => vi.unstubAllGlobals());

describe('importing an OpenAPI document', () => {
  const preview = {
    title: 'Pet store',
    baseUrl: 'https://api.example.com/v1',
    operations: [
      OPERATION,
      { ...OPERATION, operation: 'addPet', method: 'POST', effect: 'write', summary: 'Adds a pet' },
      { ...OPERATION, operation: 'photo', path: '/photo', problem: 'Its body is multipart/form-data.' },
    ],
  };

  it('reads a pasted text, lets people choose, and sends what they chose', async () => {
    const { asked } = openToolSets('/tools/sets/import', {
      'POST /tool-sets/preview': () => ({ body: preview }),
      'POST /tool-sets': () => ({ status: 201, body: { ...SET, kind: 'openapi', name: 'Pet store' } }),
    });
    fireEvent.change(await screen.findByLabelText('Document'), { target: { value: 'text' } });
    fireEvent.change(screen.getByLabelText('Text of the document'), { target: { value: 'openapi: 3.1.0' } });
    fireEvent.click(screen.getByRole('button', { name: 'Read document' }));

    expect(await screen.findByText('Its body is multipart/form-data.')).toBeDefined();
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: /\/photo/ }).disabled).toBe(true);
    const importButton = () => screen.getByRole<HTMLButtonElement>('button', { name: /^Import/ });
    expect(importButton().disabled).toBe(true);
    fireEvent.change(screen.getByLabelText('Search operations'), { target: { value: 'adds' } });
    fireEvent.click(screen.getByRole('button', { name: 'Choose all found' }));
    expect(importButton().textContent).toBe('Import 1 operation');
    fireEvent.click(importButton());
    await screen.findByRole('heading', { name: 'Pet store' });
    expect(asked.find(({ path, method }) => path === '/tool-sets' && method === 'POST')?.body).toEqual({
      kind: 'openapi',
      name: 'Pet store',
      url: 'https://api.example.com/v1',
      document: 'openapi: 3.1.0',
      operations: ['addPet'],
    });
  });

  it('says what is wrong with a document', async () => {
    openToolSets('/tools/sets/import', {
      'POST /tool-sets/preview': () => ({
        status: 422,
        body: {
          title: 'No',
          status: 422,
          code: 'tool_set.document_invalid',
          detail: 'This is Swagger 2.0: convert it.',
        },
      }),
    });
    fireEvent.change(await screen.findByLabelText('Address of the document'), {
      target: { value: 'https://api.example.com/swagger.json' },
    });
    fireEvent.click(screen.getByRole('button', { name: 'Read document' }));
    expect(await screen.findByText('This is Swagger 2.0: convert it.')).toBeDefined();
  });
});
