import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { topUpsCreate } from '@/shared/api/generated/operations';
import { formatMoney } from '@/shared/format/format-money';
import { FormProblem } from '@/shared/forms/form-problem';
import { useServerForm } from '@/shared/forms/use-server-form';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { AMOUNT_HINT, parseDollars } from './dollars';
import { BILLING } from './usage-queries';

/** Pays in to the prepaid balance. A second press of the same button is the same payment. */
export function TopUpForm() {
  const queryClient = useQueryClient();
  const [paid, setPaid] = useState<number | null>(null);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const form = useServerForm({ amountMicroUsd: '', note: '' }, async ({ amountMicroUsd, note }, { reset }) => {
    setPaid(null);
    const amount = parseDollars(amountMicroUsd) ?? 0;
    const body = { amountMicroUsd: amount, ...(note.trim() !== '' && { note: note.trim() }) };
    await topUpsCreate({ body }, { idempotencyKey: key });
    setKey(crypto.randomUUID());
    setPaid(amount);
    reset();
    await queryClient.invalidateQueries({ queryKey: BILLING });
  });
  return (
    <form onSubmit={form.submit} noValidate className="bg-surface mb-3 rounded-lg border p-4">
      <FormProblem problem={form.problem} />
      <div className="flex flex-wrap items-start gap-3">
        <Field label="Amount in dollars" error={form.errorOf('amountMicroUsd')} className="w-40">
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              placeholder="25.00"
              {...form.register('amountMicroUsd', {
                validate: (text) => Boolean(parseDollars(text)) || `Enter an amount above zero. ${AMOUNT_HINT}`,
              })}
            />
          )}
        </Field>
        <Field label="Note" required={false} error={form.errorOf('note')} className="min-w-40 flex-1">
          {(control) => <Input {...control} maxLength={200} placeholder="Invoice 2026-11" {...form.register('note')} />}
        </Field>
        <Button type="submit" variant="primary" pending={form.formState.isSubmitting} className="mt-6">
          Top up
        </Button>
      </div>
      <p role="status" className="text-muted mt-2 text-sm">
        {paid !== null && `${formatMoney(paid)} paid in. Runs that waited for it go on within a second.`}
      </p>
    </form>
  );
}
