import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Cpu, Plus } from 'lucide-react';
import { useCan } from '@/shared/session/use-session';
import type { Model } from '@/shared/api/generated/schema';
import { Button } from '@/shared/ui/button';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { ModelForm } from './model-form';
import { catalogueQuery, MODELS } from './model-queries';
import { ModelsTable } from './models-table';

const route = getRouteApi('/signed-in/models');

/** Every model that is known here, with its price; one of them at a time can be changed. */
export function CatalogueView() {
  const { form, search = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const queryClient = useQueryClient();
  const canWrite = useCan('models:write');
  const models = useQuery(catalogueQuery());
  if (models.isPending) return <SkeletonRows label="models" />;
  if (models.isError) {
    return (
      <ErrorState title="The models could not be loaded" error={models.error} onRetry={() => void models.refetch()} />
    );
  }
  const all = models.data.data;
  const shown = all.filter((model) => matches(model, search));
  const changed = all.find(({ id }) => id === form) ?? null;
  const close = () => void navigate({ search: (before) => ({ ...before, form: undefined }) });
  const open = (id: string) => void navigate({ search: (before) => ({ ...before, form: id }) });
  return (
    <>
      <p className="text-muted mb-3 max-w-2xl">
        Prices are those of the providers’ lists, per million tokens. Where you pay another price, or nobody knows it,
        say so here: runs are charged by it from then on.
      </p>
      {canWrite && (form === 'new' || changed) && (
        <ModelForm
          key={form}
          model={changed}
          onCancel={close}
          onSaved={() => {
            void queryClient.invalidateQueries({ queryKey: MODELS });
            close();
          }}
        />
      )}
      <div className="mb-3 flex flex-wrap items-end justify-between gap-2">
        <Field label="Search models" hideLabel className="w-full max-w-xs">
          {(control) => (
            <Input
              {...control}
              type="search"
              placeholder="Search by name or provider"
              value={search}
              onChange={({ target }) =>
                void navigate({
                  search: (before) => ({ ...before, search: target.value || undefined }),
                  replace: true,
                })
              }
            />
          )}
        </Field>
        {canWrite && form !== 'new' && (
          <Button icon={<Plus />} onClick={() => open('new')}>
            Add a model
          </Button>
        )}
      </div>
      <div className="bg-surface overflow-hidden rounded-lg border">
        {shown.length === 0 ? (
          <EmptyState
            icon={<Cpu />}
            title="No model matches"
            action={
              <Button
                onClick={() => void navigate({ search: (before) => ({ ...before, search: undefined }), replace: true })}
              >
                Show all models
              </Button>
            }
          />
        ) : (
          <ModelsTable models={shown} onChange={canWrite ? ({ id }) => open(id) : undefined} />
        )}
      </div>
    </>
  );
}

function matches({ id, label }: Model, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const text = `${id} ${label}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
