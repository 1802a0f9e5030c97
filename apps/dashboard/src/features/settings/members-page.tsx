import { useCan } from '@/shared/session/use-session';
import { InvitationsSection } from './invitations-section';
import { MembersSection } from './members-section';

/** Who belongs to the organisation, and who is invited. */
export function MembersPage() {
  const canInvite = useCan('members:write');
  return (
    <>
      <MembersSection />
      {canInvite && <InvitationsSection />}
    </>
  );
}
