import { CredentialSelect } from '@/shared/credentials/credential-select';
import { Field } from '@/shared/ui/field';

export interface SetCredentialFieldProps {
  /** Empty for none. */
  value: string;
  error?: string;
  onChange: (id: string) => void;
}

/** The credential that every call of a set is made with. */
export function SetCredentialField({ value, error, onChange }: SetCredentialFieldProps) {
  return (
    <Field
      label="Credential"
      required={false}
      error={error}
      hint="Sent with each call, to its allowed hosts only, for everybody who may use the tools."
      className="max-w-sm"
    >
      {(control) => <CredentialSelect control={control} kinds={[]} value={value} onChange={onChange} />}
    </Field>
  );
}
