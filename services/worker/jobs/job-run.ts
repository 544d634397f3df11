/** What a handler may say about the delivery it is working on. */
export interface JobRun {
  /** Nothing to do, and why: double deliveries and overtaken jobs end here. */
  bailOut(why: string): void;
  /** This host is full: give the job back, for any host with room to take. */
  waitForRoom(): Promise<never>;
  /** Run this job again later. */
  postpone(milliseconds: number): Promise<never>;
  /** A failure now is final. */
  isLastTry: boolean;
}
