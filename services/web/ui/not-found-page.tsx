import { Compass } from "lucide-react";
import { NoticePage } from "./notice-page.tsx";

export function NotFoundPage() {
  return (
    <NoticePage
      icon={<Compass aria-hidden />}
      title="There is nothing at this address"
      data-testid="not-found"
    >
      <p>If you came from an e-mail, copy the whole link: e-mail programs sometimes cut it in two.</p>
    </NoticePage>
  );
}
