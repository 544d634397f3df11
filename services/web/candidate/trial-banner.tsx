import { Banner } from "../ui/banner.tsx";

/** Whoever tries an assessment sees what candidates see, and this. */
export function TrialBanner() {
  return (
    <Banner tone="neutral" title="This is a trial" data-testid="trial">
      It looks and works as it does for candidates and counts nowhere: nobody rates it, it is in no list of
      attempts, and it is removed after a while.
    </Banner>
  );
}
