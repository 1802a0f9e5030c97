import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCan } from '@/shared/session/use-session';
import type { FieldControlProps } from '@/shared/ui/field';
import { Select } from '@/shared/ui/select';
import { credentialKindsQuery, credentialsQuery } from './credential-queries';

export interface CredentialSelectProps {
  control: Partial<FieldControlProps>;
  /** Of these kinds; every kind that is attached to web requests when empty. */
  kinds: readonly string[];
  value: string;
  onChange: (id: string) => void;
  onBlur?: () => void;
  /** What stands for no choice. */
  placeholder?: string;
  label?: string;
}

/** One of the credentials that this person may use. */
export function CredentialSelect({
  control,
  kinds,
  value,
  onChange,
  onBlur,
  placeholder = 'None',
  label,
}: CredentialSelectProps) {
  const canRead = useCan('integrations:read');
  const filter = kinds.length > 0 ? { limit: 100, kinds: kinds.join(',') } : { limit: 100 };
  const credentials = useInfiniteQuery({ ...credentialsQuery(filter), enabled: canRead });
  const known = useQuery({ ...credentialKindsQuery(), enabled: canRead }).data?.data ?? [];
  const kindOf = (name: string) => known.find(({ kind }) => kind === name);
  const options = (credentials.data?.pages ?? [])
    .flatMap((page) => page.data)
    .filter(({ id, kind, mayUse }) => id === value || (mayUse && (kinds.length > 0 || kindOf(kind)?.forHttp === true)))
    .map(({ id, name, kind }) => ({ value: id, label: `${name} (${kindOf(kind)?.title ?? kind})` }));
  const isListed = value === '' || options.some((option) => option.value === value);
  const other = credentials.isSuccess ? 'A credential that you cannot see' : 'Loading…';
  return (
    <Select
      {...control}
      aria-label={label}
      placeholder={credentials.isError ? 'The credentials could not be loaded' : placeholder}
      options={isListed ? options : [...options, { value, label: other }]}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onBlur={onBlur}
    />
  );
}
