import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { budgetsPut } from '@/shared/api/generated/operations';
import type { Budgets } from '@/shared/api/generated/schema';
import { FormProblem } from '@/shared/forms/form-problem';
import { useServerForm } from '@/shared/forms/use-server-form';
import { useCan } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { Checkbox } from '@/shared/ui/checkbox';
import { ErrorState } from '@/shared/ui/error-state';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { Skeleton } from '@/shared/ui/skeleton';
import { AMOUNT_HINT, dollarsText, parseDollars } from './dollars';
import { BILLING, budgetsQuery } from './usage-queries';

const FIELDS = [
  { name: 'orgDayMicroUsd', label: 'Organisation per day', hint: 'Empty: no limit. Days begin at midnight UTC.' },
  { name: 'orgMonthMicroUsd', label: 'Organisation per month', hint: 'Empty: no limit.' },
  { name: 'userDayMicroUsd', label: 'Each person per day', hint: 'Empty: no limit.' },
  { name: 'runMicroUsd', label: 'Each run', hint: 'With all runs that it starts. Empty: no limit.' },
] as const;

/** What the organisation lets be spent on models. */
export function BudgetsForm() {
  const budgets = useQuery(budgetsQuery());
  if (budgets.isPending) return <Skeleton className="h-64" />;
  if (budgets.isError)
    return (
      <ErrorState
        title="The budgets could not be loaded"
        error={budgets.error}
        onRetry={() => void budgets.refetch()}
      />
    );
  // Somebody else's change brings new values, and with them a new form.
  return <LoadedForm key={budgets.data.revision} budgets={budgets.data} />;
}

function LoadedForm({ budgets }: { budgets: Budgets }) {
  const queryClient = useQueryClient();
  const canWrite = useCan('billing:write');
  const [saved, setSaved] = useState(false);
  const form = useServerForm(
    {
      prepaid: budgets.prepaid,
      orgDayMicroUsd: dollarsText(budgets.orgDayMicroUsd),
      orgMonthMicroUsd: dollarsText(budgets.orgMonthMicroUsd),
      userDayMicroUsd: dollarsText(budgets.userDayMicroUsd),
      runMicroUsd: dollarsText(budgets.runMicroUsd),
    },
    async ({ prepaid, ...amounts }) => {
      setSaved(false);
      const amount = (name: keyof typeof amounts) => parseDollars(amounts[name]) ?? null;
      await budgetsPut(
        {
          body: {
            prepaid,
            orgDayMicroUsd: amount('orgDayMicroUsd'),
            orgMonthMicroUsd: amount('orgMonthMicroUsd'),
            userDayMicroUsd: amount('userDayMicroUsd'),
            runMicroUsd: amount('runMicroUsd'),
          },
        },
        { ifMatch: `"${budgets.revision}"` },
      );
      setSaved(true);
      await queryClient.invalidateQueries({ queryKey: BILLING });
    },
  );
  return (
    <form onSubmit={form.submit} noValidate className="bg-surface flex flex-col gap-4 rounded-lg border p-4">
      <FormProblem problem={form.problem} />
      <div className="grid gap-4 sm:grid-cols-2">
        {FIELDS.map(({ name, label, hint }) => (
          <Field key={name} label={label} hint={hint} error={form.errorOf(name)}>
            {(control) => (
              <Input
                {...control}
                inputMode="decimal"
                placeholder="no limit"
                readOnly={!canWrite}
                {...form.register(name, {
                  validate: (text) => parseDollars(text) !== undefined || AMOUNT_HINT,
                })}
              />
            )}
          </Field>
        ))}
      </div>
      <Checkbox
        label="Prepaid: calls are paid from a balance and wait when it is used up"
        disabled={!canWrite}
        {...form.register('prepaid')}
      />
      {canWrite && (
        <div className="flex items-center gap-3">
          <Button type="submit" variant="primary" pending={form.formState.isSubmitting}>
            Save budgets
          </Button>
          <span role="status" className="text-muted">
            {saved && !form.formState.isDirty && 'Saved'}
          </span>
        </div>
      )}
    </form>
  );
}
