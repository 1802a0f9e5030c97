import type { RateState, RateWindow, SpendingScope, SpendingWindow } from '@/shared/api/generated/schema';
import { formatMoney } from '@/shared/format/format-money';
import { Money } from '@/shared/ui/money';
import { RelativeTime } from '@/shared/ui/relative-time';
import { MeterBar } from './meter-bar';

const TITLES: Record<SpendingScope, string> = {
  balance: 'Prepaid balance',
  user_day: 'You today',
  org_day: 'Organisation today',
  org_month: 'Organisation this month',
};

/** What is spent in the windows that run, and how much of the plan's minute is left. */
export function WindowList({ windows, rates }: { windows: readonly SpendingWindow[]; rates: RateState }) {
  return (
    <ul className="grid gap-3 sm:grid-cols-2">
      {windows.map((window) => (
        <MoneyWindow key={window.scope} {...window} />
      ))}
      <RateCard title="Requests this minute" window={rates.requests} plan={rates.plan} />
      <RateCard title="Tokens this minute" window={rates.tokens} plan={rates.plan} />
    </ul>
  );
}

const CARD = 'bg-surface flex min-w-0 flex-col gap-2 rounded-lg border p-3';

function MoneyWindow({ scope, limitMicroUsd, spentMicroUsd, reservedMicroUsd, resetsAt }: SpendingWindow) {
  const isBalance = scope === 'balance';
  const left = limitMicroUsd === null ? null : Math.max(0, limitMicroUsd - spentMicroUsd - reservedMicroUsd);
  const of = limitMicroUsd === null ? 'no limit' : `of ${formatMoney(limitMicroUsd)}`;
  return (
    <li className={CARD}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h3 className="font-medium">{TITLES[scope]}</h3>
        <span className="text-muted text-sm">
          {isBalance ? (
            <>
              <Money microUsd={left} /> left
            </>
          ) : (
            <>
              <Money microUsd={spentMicroUsd} /> {of}
            </>
          )}
        </span>
      </div>
      <MeterBar
        label={TITLES[scope]}
        used={spentMicroUsd}
        reserved={reservedMicroUsd}
        limit={limitMicroUsd}
        words={`${formatMoney(spentMicroUsd)} spent, ${formatMoney(reservedMicroUsd)} set aside, ${of}`}
      />
      <p className="text-muted text-sm">
        {reservedMicroUsd > 0 && (
          <>
            <Money microUsd={reservedMicroUsd} /> set aside for calls under way.{' '}
          </>
        )}
        {isBalance && (
          <>
            <Money microUsd={spentMicroUsd} /> spent of <Money microUsd={limitMicroUsd} /> paid in.
          </>
        )}
        {resetsAt !== null && (
          <>
            Begins anew <RelativeTime at={resetsAt} />.
          </>
        )}
      </p>
    </li>
  );
}

function RateCard({ title, window, plan }: { title: string; window: RateWindow | null; plan: RateState['plan'] }) {
  const used = window === null ? 0 : window.limit - window.remaining;
  return (
    <li className={CARD}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h3 className="font-medium">{title}</h3>
        <span className="text-muted tabular text-sm">
          {window === null ? 'no limit' : `${used.toLocaleString('en-US')} of ${window.limit.toLocaleString('en-US')}`}
        </span>
      </div>
      <MeterBar
        label={title}
        used={used}
        limit={window?.limit ?? null}
        words={window === null ? 'no limit' : `${used} of ${window.limit}`}
      />
      <p className="text-muted text-sm">
        {window === null ? (
          <>The plan {plan} has none.</>
        ) : window.resetsAt === null ? (
          <>Of the plan {plan}, for you and your API keys. Nothing is counted at the moment.</>
        ) : (
          <>
            Of the plan {plan}, for you and your API keys. Begins anew <RelativeTime at={window.resetsAt} />.
          </>
        )}
      </p>
    </li>
  );
}
