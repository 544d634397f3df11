import { Skeleton, SkeletonText } from "../ui/states.tsx";

/** The shape of the reading room while a submission loads. */
export function RoomLoading() {
  return (
    <div role="status" className="flex min-h-0 flex-1 flex-col bg-surface" data-testid="room-loading">
      <span className="sr-only">Loading the submission</span>
      <div className="flex h-[3.4rem] items-center gap-4 border-b border-line px-4">
        <Skeleton className="h-5 w-44" />
        <Skeleton className="h-4 w-64 max-sm:hidden" />
      </div>
      <div className="grid min-h-0 flex-1 lg:grid-cols-[16rem_1fr_25rem]">
        <div className="border-r border-line p-4 max-lg:hidden">
          <SkeletonText lines={9} label="" />
        </div>
        <div className="p-6">
          <SkeletonText lines={12} label="" />
        </div>
        <div className="border-l border-line p-5 max-lg:hidden">
          <SkeletonText lines={7} label="" />
        </div>
      </div>
    </div>
  );
}
