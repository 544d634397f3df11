import type { MockApiDetail } from "../../../shared/contracts/mock-api-studio.ts";
import { PageHeading } from "../../ui/app-shell.tsx";
import { Banner } from "../../ui/banner.tsx";
import { Breadcrumbs } from "../../ui/breadcrumbs.tsx";
import { useDocumentTitle } from "../../ui/document-title.ts";
import { MockApiMenu } from "./mock-api-menu.tsx";
import { MOCK_APIS_CRUMB } from "./page-states.tsx";
import { VersionsTab } from "./versions/versions-tab.tsx";

/** An archived mock API: what was published of it, and the way back. */
export function ArchivedView({ detail }: { detail: MockApiDetail }) {
  useDocumentTitle(detail.title);
  return (
    <>
      <PageHeading
        eyebrow={<Breadcrumbs items={[MOCK_APIS_CRUMB]} />}
        title={<span className="[overflow-wrap:anywhere]">{detail.title}</span>}
        actions={<MockApiMenu detail={detail} />}
      />
      <div className="mt-8 flex flex-col gap-6">
        <Banner title="This mock API is archived">
          Its versions stay with the assessments that use them. Bring it back to change its draft.
        </Banner>
        <VersionsTab detail={detail} />
      </div>
    </>
  );
}
