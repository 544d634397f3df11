import { createRootRoute, Outlet, useNavigate } from "@tanstack/react-router";
import { RouterProvider as AriaRouterProvider } from "react-aria-components";
import { NotFoundPage } from "./ui/not-found-page.tsx";
import { PageFailure } from "./ui/page-failure.tsx";
import { ToastRegion } from "./ui/toast.tsx";

/** Lets every react-aria link navigate without a page load. */
function Root() {
  const navigate = useNavigate();
  return (
    <AriaRouterProvider navigate={(href) => void navigate({ href })}>
      <Outlet />
      <ToastRegion />
    </AriaRouterProvider>
  );
}

export const rootRoute = createRootRoute({
  component: Root,
  notFoundComponent: NotFoundPage,
  errorComponent: PageFailure,
});
