import { useState } from 'react';
import type { Credential, CredentialKind } from '@/shared/api/generated/schema';
import { Field } from '@/shared/ui/field';
import { Button } from '@/shared/ui/button';
import { CredentialForm } from './credential-form';

export interface CredentialPanelProps {
  kinds: readonly CredentialKind[];
  /** Null for a new one. */
  credential: Credential | null;
  onSaved: (credential: Credential) => void;
  onCancel: () => void;
}

const GROUPS: Record<CredentialKind['group'], string> = {
  models: 'Models',
  web: 'Any web service',
  apps: 'Services with tools',
  search: 'Web search',
  databases: 'Databases',
};

/** Choosing a kind, and then its form. */
export function CredentialPanel({ kinds, credential, onSaved, onCancel }: CredentialPanelProps) {
  const [chosen, setChosen] = useState(credential?.kind ?? '');
  const kind = kinds.find((each) => each.kind === chosen);
  return (
    <section
      aria-label={credential ? `Change ${credential.name}` : 'New credential'}
      className="bg-surface mb-4 flex flex-col gap-4 rounded-lg border p-4"
    >
      <h2 className="font-semibold">{credential ? `Change “${credential.name}”` : 'New credential'}</h2>
      <Field label="Kind" hint={kind?.description} className="max-w-sm">
        {(control) => (
          <select
            {...control}
            autoFocus={credential === null}
            disabled={credential !== null}
            value={chosen}
            onChange={(event) => setChosen(event.target.value)}
            className="bg-surface h-8 w-full rounded-md border px-2"
          >
            <option value="">Choose what it is for</option>
            {Object.entries(GROUPS).map(([group, label]) => (
              <optgroup key={group} label={label}>
                {kinds
                  .filter((each) => each.group === group)
                  .map((each) => (
                    <option key={each.kind} value={each.kind}>
                      {each.title}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        )}
      </Field>
      {kind ? (
        <CredentialForm key={kind.kind} kind={kind} credential={credential} onSaved={onSaved} onCancel={onCancel} />
      ) : (
        <div>
          <Button onClick={onCancel}>Cancel</Button>
        </div>
      )}
    </section>
  );
}
