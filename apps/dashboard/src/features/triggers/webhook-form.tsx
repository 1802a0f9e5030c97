import { webhooksCreate, webhooksUpdate } from '@/shared/api/generated/operations';
import type { CreatedWebhook, Webhook, WebhookVerification } from '@/shared/api/generated/schema';
import { useServerForm, type ServerForm } from '@/shared/forms/use-server-form';
import { Field } from '@/shared/ui/field';
import { Input } from '@/shared/ui/input';
import { Select } from '@/shared/ui/select';
import { Textarea } from '@/shared/ui/textarea';
import { TriggerFormFrame } from './trigger-form-frame';
import type { TargetValues } from './trigger-target-fields';

export interface WebhookFormProps {
  /** Null for a new one. */
  webhook: Webhook | null;
  agentId?: string;
  /** With the secret for a new one. */
  onSaved: (created: CreatedWebhook | null) => void;
  onCancel: () => void;
}

interface WebhookValues extends TargetValues {
  name: string;
  verification: WebhookVerification;
  signatureHeader: string;
  timestampHeader: string;
  inputExpression: string;
  secret: string;
}

const verifications = [
  { value: 'standard-webhooks', label: 'Standard Webhooks' },
  { value: 'hmac-sha256', label: 'Shared secret (HMAC-SHA256)' },
];

const headerName = { pattern: { value: /^[A-Za-z0-9-]*$/, message: 'A header name has letters, digits and hyphens.' } };

/** Which agent, who may call, and what of the message becomes the input. */
export function WebhookForm({ webhook, agentId = '', onSaved, onCancel }: WebhookFormProps) {
  const form = useServerForm<WebhookValues>(
    {
      agentId: webhook?.agentId ?? agentId,
      version: String(webhook?.version ?? ''),
      name: webhook?.name ?? '',
      verification: webhook?.verification ?? 'standard-webhooks',
      signatureHeader: webhook?.signatureHeader ?? '',
      timestampHeader: webhook?.timestampHeader ?? '',
      inputExpression: webhook?.inputExpression ?? '',
      secret: '',
    },
    async (values) => {
      const isHmac = values.verification === 'hmac-sha256';
      const body = {
        name: values.name.trim(),
        version: values.version === '' ? null : Number(values.version),
        signatureHeader: isHmac ? values.signatureHeader || null : null,
        timestampHeader: isHmac ? values.timestampHeader || null : null,
        inputExpression: values.inputExpression.trim() || null,
      };
      if (webhook) {
        await webhooksUpdate({ id: webhook.id, body });
        onSaved(null);
        return;
      }
      const { agentId, verification, secret } = values;
      onSaved(await webhooksCreate({ body: { ...body, agentId, verification, secret: secret || undefined } }));
    },
  );
  const [chosenAgent, verification] = form.watch(['agentId', 'verification']);
  return (
    <TriggerFormFrame form={form} noun="webhook" trigger={webhook} agentId={chosenAgent} onCancel={onCancel}>
      <div className="flex flex-wrap items-start gap-4">
        <Field label="How the sender signs" error={form.errorOf('verification')} className="w-64 max-w-full">
          {(control) => (
            <Select
              {...control}
              disabled={webhook !== null}
              options={verifications}
              {...form.register('verification')}
            />
          )}
        </Field>
        {verification === 'hmac-sha256' && <HmacHeaderFields form={form} />}
      </div>
      {!webhook && (
        <Field
          label="Secret"
          required={false}
          error={form.errorOf('secret')}
          hint="Only when the sender dictates it. Otherwise one is made and shown once."
          className="max-w-lg"
        >
          {(control) => (
            <Input {...control} type="password" autoComplete="off" className="font-mono" {...form.register('secret')} />
          )}
        </Field>
      )}
      <Field
        label="Input expression"
        required={false}
        error={form.errorOf('inputExpression')}
        hint="JSONata over body, headers and query. Leave it empty to take the body as it is."
      >
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            spellCheck={false}
            className="font-mono text-sm"
            placeholder='{ "text": body.issue.title }'
            {...form.register('inputExpression')}
          />
        )}
      </Field>
    </TriggerFormFrame>
  );
}

function HmacHeaderFields({ form }: { form: ServerForm<WebhookValues> }) {
  return (
    <>
      <Field label="Signature header" error={form.errorOf('signatureHeader')} className="w-52">
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            placeholder="x-signature-256"
            className="font-mono"
            {...form.register('signatureHeader', headerName)}
          />
        )}
      </Field>
      <Field
        label="Timestamp header"
        required={false}
        error={form.errorOf('timestampHeader')}
        hint="Signed as time.body. Without one, the same body counts only once, ever."
        className="w-64"
      >
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            className="font-mono"
            {...form.register('timestampHeader', headerName)}
          />
        )}
      </Field>
    </>
  );
}
