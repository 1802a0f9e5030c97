import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { VersionsLayout } from '@/shared/library/versions-layout';
import { promptVersionsQuery } from './prompt-queries';
import { PromptVersionDetails } from './prompt-version-details';

const route = getRouteApi('/signed-in/prompts/$promptId/versions');

/** Published versions at the left, what the chosen one says and changed at the right. */
export function PromptVersionsTab() {
  const { promptId } = route.useParams();
  const { version, against } = route.useSearch();
  return (
    <VersionsLayout
      versions={useInfiniteQuery(promptVersionsQuery(promptId))}
      chosen={version}
      against={against}
      purpose="Publishing turns the draft into a version that never changes. Agents use versions only."
      editorLink={
        <Link to="/prompts/$promptId" params={{ promptId }}>
          Open the editor
        </Link>
      }
      link={(number, props) => (
        <Link to="/prompts/$promptId/versions" params={{ promptId }} search={{ version: number }} {...props} />
      )}
      details={(shown) => <PromptVersionDetails key={shown.number} promptId={promptId} {...shown} />}
    />
  );
}
