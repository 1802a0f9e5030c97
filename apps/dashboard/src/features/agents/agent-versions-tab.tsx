import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { versionsQuery } from '@/shared/api/queries';
import { VersionsLayout } from '@/shared/library/versions-layout';
import { VersionDetails } from './version-details';

const route = getRouteApi('/signed-in/agents/$agentId/versions');

/** Published versions at the left, what the chosen one changed at the right. */
export function AgentVersionsTab() {
  const { agentId } = route.useParams();
  const { version, against } = route.useSearch();
  return (
    <VersionsLayout
      versions={useInfiniteQuery(versionsQuery(agentId))}
      chosen={version}
      against={against}
      purpose="Publishing turns the draft into a version that never changes, and that runs can be pinned to."
      editorLink={
        <Link to="/agents/$agentId" params={{ agentId }}>
          Open the editor
        </Link>
      }
      link={(number, props) => (
        <Link to="/agents/$agentId/versions" params={{ agentId }} search={{ version: number }} {...props} />
      )}
      details={(shown) => <VersionDetails key={shown.number} agentId={agentId} {...shown} />}
    />
  );
}
